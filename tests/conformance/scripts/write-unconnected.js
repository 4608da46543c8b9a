'use strict';
// A socket that was never asked to connect.
const net = require('net');
const { follow, log } = require('./support/trace.js');

const socket = follow('socket', new net.Socket(), ['error']);
log(socket.write('x', (error) => log('callback', error)));
log(socket.destroyed);
socket.on('close', () => {
  log('close');
  const other = follow('other', new net.Socket(), ['error']);
  other.destroy();
  other.destroy();
  log(other.destroyed);
});
