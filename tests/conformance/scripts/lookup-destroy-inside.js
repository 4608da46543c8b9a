'use strict';
// needs alone
// Destroyed inside its own lookup event.
const net = require('net');
const { follow, log } = require('./support/trace.js');

function attempt(host, ...more) {
  const client = follow(host, net.connect(80, host));
  client.once('lookup', () => {
    client.destroy();
    log(host, 'destroyed', client.destroyed, client.connecting);
  });
  if (more.length)
    client.on('close', () => attempt(...more));
}
attempt('four.test', 'nobody.invalid');
