'use strict';
// connect and ready come in one turn, after the call, and ticks run after both.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end().resume());
serve(server, (port) => {
  const client = net.connect({ port, host: '127.0.0.1' }, () => {
    log('callback', client.connecting, client.pending, client.readyState);
    process.nextTick(() => log('tick'));
    Promise.resolve().then(() => log('promise'));
  });
  log('called', client.connecting, client.pending, client.readyState);
  follow('client', client).resume();
  client.on('close', () => server.close());
});
