'use strict';
// A server and a socket that are unref'd do not keep the program; ref() before listening is remembered.
const net = require('net');
const { log, serve } = require('./support/trace.js');

process.on('exit', () => log('exit'));
const server = net.createServer((socket) => socket.unref());
server.unref();
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    log('connected');
    client.ref();
    setTimeout(() => {
      log('unref');
      client.unref();
    }, 50);
  });
  client.unref();
  client.ref();
});
setTimeout(() => log('never'), 60_000).unref();
