'use strict';
// Destroyed with writes in the queue: each callback gets the reason.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.on('error', () => {}).pause());
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    client.write(Buffer.alloc(32 << 20), (error) => log('large', error));
    client.write('small', (error) => log('small', error));
    client.end('last', (error) => log('end', error));
    setTimeout(() => {
      client.destroy();
      server.close();
      setTimeout(() => process.exit(), 50);
    }, 20);
  });
  follow('client', client, ['finish', 'drain', 'error', 'close']);
});
