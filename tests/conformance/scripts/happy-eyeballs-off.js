'use strict';
// needs alone
// needs node 20.12
// Without the choice of families the first address is all there is.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end('here'));
serve(server, (port) => {
  const client = follow('client', net.connect({ port, host: 'many.test', autoSelectFamily: false }));
  client.resume();
  client.on('close', () => {
    log(client.autoSelectFamilyAttemptedAddresses);
    server.close();
  });
}, '::1');
