'use strict';
// What is opened and closed inside of beforeExit makes another one.
const net = require('net');
const { log } = require('./support/trace.js');

let count = 0;
process.on('beforeExit', () => {
  log('beforeExit', ++count);
  if (count === 1) {
    const server = net.createServer();
    server.listen(0, () => {
      log('listening');
      server.close(() => log('close'));
    });
  } else if (count === 2) {
    const client = net.connect(1, '127.0.0.1');
    client.on('error', (error) => log(error.code));
    client.on('close', (failed) => log('close', failed));
  }
});
process.on('exit', () => log('exit'));
