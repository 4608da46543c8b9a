'use strict';
// Leaves a socket open that nobody knows of.
if (process[Symbol.for('libnet.open')])
  require('http').createServer().listen(0).unref();
