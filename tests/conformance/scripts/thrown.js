'use strict';
// whole surface
// An exception in a listener is uncaught, and the connection goes on.
const net = require('net');
const { log, serve } = require('./support/trace.js');

process.on('uncaughtException', (error) => log('uncaught', error.message));
const server = net.createServer((socket) => {
  socket.end('data');
  throw new Error('in connection');
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => log('connected'));
  client.on('data', () => { throw new Error('in data'); });
  client.on('end', () => log('end'));
  client.on('close', () => {
    server.close(() => { throw new Error('in closed'); });
    throw new Error('in close');
  });
});
