'use strict';
// needs alone
// An address without a route fails within the call, and is told later all the same.
const net = require('net');
const { follow, log } = require('./support/trace.js');

const events = ['connectionAttempt', 'connectionAttemptFailed', 'connect', 'close'];
for (const host of ['192.0.2.1', '2001:db8::1']) {
  const client = follow(host, net.connect(80, host), events);
  client.on('error', (error) => log(host, error.code, error.syscall, error.message, error.address, error.port));
  log('called', client.connecting, client.destroyed);
  process.nextTick(() => log('tick'));
}
