'use strict';
// whole surface
// Rejections of asynchronous listeners destroy the connection, or are told by the server.
require('events').captureRejections = true;
const net = require('net');
const { log } = require('./support/trace.js');

const server = net.createServer(async (socket) => {
  socket.on('error', (error) => log('accepted', error.message));
  socket.on('close', (failed) => log('accepted close', failed));
  throw new Error('refused by the listener');
});
server.on('error', (error) => log('server', error.message));
server.listen(0, '127.0.0.1', () => {
  net.connect(server.address().port, '127.0.0.1').resume().on('error', () => {}).on('close', () => server.close());
});
