'use strict';
// Messages of all sizes come back as they were.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const server = net.createServer((socket) => socket.pipe(socket));
serve(server, (port) => {
  const sizes = [0, 1, 2, 1023, 1024, 16383, 16384, 16385, 65535, 65536, 65537, 1 << 20];
  const round = () => {
    if (!sizes.length)
      return server.close(() => log('closed'));
    const size = sizes.shift();
    const bytes = Buffer.alloc(size, 'size');
    const parts = [];
    const client = net.connect(port, '127.0.0.1');
    client.end(bytes);
    client.on('data', (data) => parts.push(data));
    client.on('close', () => {
      log(size, Buffer.concat(parts).equals(bytes));
      round();
    });
  };
  round();
});
