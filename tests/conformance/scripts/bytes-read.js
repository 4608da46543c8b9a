'use strict';
// bytesRead counts bytes, not characters, and is kept after close.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end('äöü€'));
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1').setEncoding('utf8');
  client.on('data', (text) => log(text.length, client.bytesRead));
  client.on('close', () => {
    log('close', client.bytesRead);
    server.close();
  });
});
