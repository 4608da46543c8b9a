'use strict';
// needs alone
// A lookup that finishes after destroy is harmless, and silent.
const net = require('net');
const { follow, log } = require('./support/trace.js');

const client = follow('client', net.connect(80, 'four.test'));
client.destroy();
log(client.connecting, client.destroyed);
client.on('close', () => {
  const other = follow('other', net.connect(80, 'both.test'));
  process.nextTick(() => other.destroy());
});
