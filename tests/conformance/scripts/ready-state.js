'use strict';
// readyState from the first to the last moment of both ends.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const state = (name, socket) => log(name, socket.readyState, socket.readable, socket.writable, socket.connecting,
                                    socket.destroyed);
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  state('accepted', socket);
  socket.on('end', () => {
    state('accepted end', socket);
    socket.end('x');
    state('accepted ended', socket);
  });
  socket.on('finish', () => state('accepted finish', socket));
  socket.on('close', () => state('accepted close', socket));
  socket.resume();
});
serve(server, (port) => {
  const client = new net.Socket({ allowHalfOpen: true });
  state('new', client);
  client.connect(port, '127.0.0.1');
  state('connecting', client);
  client.on('connect', () => {
    state('connect', client);
    client.end();
    state('ended', client);
  });
  client.on('finish', () => state('finish', client));
  client.on('end', () => state('end', client));
  client.on('close', () => {
    state('close', client);
    server.close();
  });
  client.resume();
});
