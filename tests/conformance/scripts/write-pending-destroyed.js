'use strict';
// Destroyed with writes in the queue: each callback is told, in order. What it is told depends on the version.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.on('error', () => {}).pause());
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    client.write(Buffer.alloc(32 << 20), () => log('large'));
    client.write('small', () => log('small'));
    client.end('last', () => log('end'));
    setTimeout(() => {
      client.destroy();
      server.close();
      setTimeout(() => process.exit(), 50);
    }, 20);
  });
  follow('client', client, ['finish', 'drain', 'error', 'close']);
});
