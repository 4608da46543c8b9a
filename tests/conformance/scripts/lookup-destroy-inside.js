'use strict';
// needs alone
// Destroyed inside its own lookup event.
const net = require('net');
const { follow, log } = require('./support/trace.js');

for (const host of ['four.test', 'nobody.invalid']) {
  const client = follow(host, net.connect(80, host));
  client.once('lookup', () => {
    client.destroy();
    log(host, 'destroyed', client.destroyed, client.connecting);
  });
}
