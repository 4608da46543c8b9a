'use strict';
// needs node 22
// A path that does not fit into the kernel's address, to connect to and to listen on.
const net = require('net');
const { describe, follow, hide, log } = require('./support/trace.js');

const path = hide(`/tmp/${'x'.repeat(200)}`, 'long');
function attempt(name, start) {
  try {
    follow(name, start());
  } catch (error) {
    log(name, 'thrown', describe(error));
  }
}
attempt('client', () => net.connect(path));
attempt('server', () => net.createServer().listen(path));
