'use strict';
// The option timeout counts from the creation on.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.on('error', () => {}).resume());
serve(server, (port) => {
  const client = net.connect({ port, host: '127.0.0.1', timeout: 50 });
  log(client.timeout);
  client.on('timeout', () => {
    log('timeout', client.connecting);
    client.destroy();
    server.close();
  });
});
