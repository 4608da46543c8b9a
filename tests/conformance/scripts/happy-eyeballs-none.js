'use strict';
// needs alone
// needs node 20.12
// All addresses refuse: one aggregate of the errors.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer();
serve(server, (port) => server.close(() => {
  const client = follow('client', net.connect({ port, host: 'many.test' }));
  client.on('error', (error) => log(error instanceof AggregateError, error.errors.length));
  client.on('close', () => log(client.autoSelectFamilyAttemptedAddresses));
}));
