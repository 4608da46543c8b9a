'use strict';
// destroy(error): the same error comes back, once, and then close(true).
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.on('error', () => {}).resume());
serve(server, (port) => {
  const client = follow('client', net.connect(port, '127.0.0.1'), ['end', 'error', 'close']);
  client.on('connect', () => {
    const reason = new TypeError('because');
    client.on('error', (error) => log(error === reason));
    client.destroy(reason);
    client.destroy(new Error('too late'));
    log('called', client.destroyed);
    server.close();
  });
});
