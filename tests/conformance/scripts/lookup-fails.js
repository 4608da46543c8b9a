'use strict';
// needs alone
// A name that nobody knows.
const net = require('net');
const { follow, log } = require('./support/trace.js');

const client = follow('client', net.connect(80, 'nobody.invalid'));
client.on('lookup', () => log('in lookup', client.connecting, client.destroyed));
client.on('error', () => log('in error', client.connecting, client.destroyed));
log('called');
