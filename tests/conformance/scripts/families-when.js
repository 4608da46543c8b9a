'use strict';
// whole surface
// The default for choosing among families counts at the call, not when the name is looked up.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const lookup = (host, options, answer) => setTimeout(() => (options.all
  ? answer(null, [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }]) : answer(null, '127.0.0.1', 4)), 20);
const server = net.createServer((socket) => socket.end());
serve(server, (port) => {
  net.setDefaultAutoSelectFamily(true);
  const client = net.connect({ port, host: 'when.test', lookup });
  net.setDefaultAutoSelectFamily(false);
  log(net.getDefaultAutoSelectFamily());
  client.on('lookup', (error, address, family) => log('lookup', address, family));
  client.on('connect', () => log('connect', client.remoteAddress));
  client.resume().on('close', () => server.close());
});
