'use strict';
// After destroy the callback learns it, and no event comes of it.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.on('error', () => {}).resume());
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    client.write('x'.repeat(10), (error) => log('sent', error));
    client.destroy();
    log(client.write('more', (error) => log('callback', error)));
    client.end('x', (error) => log('end callback', error));
  });
  follow('client', client, ['end', 'finish', 'error', 'close']);
  client.on('close', () => {
    log(client.write('closed', (error) => log('closed callback', error)));
    server.close();
  });
});
