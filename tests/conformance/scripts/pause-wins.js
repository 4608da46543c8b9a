'use strict';
// An explicit pause wins over a listener that comes later, also before connecting.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end('hello'));
serve(server, (port) => {
  const client = new net.Socket();
  client.pause();
  client.on('data', (data) => log('data', data));
  client.on('end', () => log('end'));
  client.on('close', () => {
    log('close');
    server.close();
  });
  client.connect(port, '127.0.0.1', () => log('connect', client.isPaused()));
  setTimeout(() => {
    log('later', client.isPaused(), client.destroyed);
    client.resume();
  }, 60);
});
