'use strict';
// A socket that is not connected times out as well, and that does not keep the program.
const net = require('net');
const { log } = require('./support/trace.js');

const socket = new net.Socket();
socket.setTimeout(20, () => {
  log('timeout', socket.readyState, socket.destroyed);
  socket.setTimeout(0);
});
setTimeout(() => log('kept by a timer'), 200).ref();
const other = new net.Socket();
other.setTimeout(10_000, () => log('never'));
