'use strict';
// Reading by hand: readable, read(n), read(), the end.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  socket.write('hello world');
  setTimeout(() => socket.end('bye'), 40);
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  log(client.readableFlowing, client.readableLength);
  client.on('readable', () => {
    log('readable', client.readableLength, client.readableFlowing, client.isPaused());
    log(client.read(5), client.read(1), client.read(100), client.readableLength);
    for (let chunk; (chunk = client.read()) !== null;)
      log('rest', chunk);
  });
  client.on('end', () => log('end', client.readableEnded, client.read()));
  client.on('close', () => server.close());
});
