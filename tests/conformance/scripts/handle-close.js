'use strict';
// whole surface
// The handle of a socket closed under it: the peer sees the end, the socket says nothing.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  socket.write('x');
  socket.resume().on('end', () => log('the peer has ended')).on('close', (failed) => {
    log('close', failed);
    server.close(() => log('server close'));
  });
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  client.on('data', () => {
    client.on('close', () => log('never'));
    client._handle.close(() => log('closed'));
    log('called');
  });
});
