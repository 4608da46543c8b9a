'use strict';
// Sockets on both sides that nobody reads from: the program ends when nothing is to be sent any more.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  server.close();
  socket.end('for nobody', () => log('sent'));
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    log('connect');
    client.end('neither');
  });
  client.on('finish', () => log('finish'));
  process.on('exit', () => log('exit', client.readableEnded, client.destroyed));
});
