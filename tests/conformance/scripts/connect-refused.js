'use strict';
// Nobody listens: one error, later than the call, then close.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer();
serve(server, (port) => server.close(() => {
  const client = follow('client', net.connect(port, '127.0.0.1'));
  client.on('error', () => log('in error', client.destroyed, client.connecting, client.readyState));
  client.on('close', () => log('in close', client.destroyed, client.connecting, client.pending));
  process.nextTick(() => log('tick'));
  log('called');
}));
