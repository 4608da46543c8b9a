'use strict';
// Meets an exception inside the host that nobody has meant.
const net = require('net');

if (process[Symbol.for('libnet.open')])
  net.Socket.prototype.ref.call({});
