'use strict';
// needs alone
// needs node 20.12
// The first address refuses, the second answers.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end('here'));
serve(server, (port) => {
  const client = follow('client', net.connect({ port, host: 'many.test' }));
  client.on('data', (data) => log('data', data));
  client.on('connect', () => log('connected to', client.remoteAddress, client.remoteFamily));
  client.on('close', () => {
    log(client.autoSelectFamilyAttemptedAddresses);
    server.close();
  });
}, '::1');
