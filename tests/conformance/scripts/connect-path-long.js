'use strict';
// needs node 22
// A path that does not fit into the kernel's address, to connect to and to listen on.
const net = require('net');
const { describe, follow, hide, log } = require('./support/trace.js');

const path = hide(`/tmp/${'x'.repeat(200)}`, 'long');
function attempt(name, start) {
  try {
    const one = follow(name, start(), ['connectionAttempt', 'connectionAttemptFailed', 'close']);
    one.on('error', ({ code, syscall, address }) => log(name, 'error', code, syscall, address));
  } catch (error) {
    log(name, 'thrown', describe(error));
  }
}
attempt('client', () => net.connect(path));
attempt('server', () => net.createServer().listen(path));
