'use strict';
// The same with an error of one's own.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.on('error', () => {}).pause());
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    client.write(Buffer.alloc(32 << 20), () => log('large'));
    client.write('small', (error) => log('small', error));
    setTimeout(() => {
      const reason = Object.assign(new Error('enough'), { code: 'ENOUGH' });
      client.on('error', (error) => log('the same', error === reason));
      client.destroy(reason);
      server.close();
      setTimeout(() => process.exit(), 50);
    }, 20);
  });
  follow('client', client, ['finish', 'error', 'close']);
});
