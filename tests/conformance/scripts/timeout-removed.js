'use strict';
// 0 removes the time and its listener; after destroy nothing comes.
const net = require('net');
const { describe, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.on('error', () => {}).resume());
serve(server, (port) => {
  const never = () => log('never');
  const client = net.connect(port, '127.0.0.1', () => {
    client.setTimeout(30, never);
    client.setTimeout(0, never);
    log(client.listenerCount('timeout'));
    const other = net.connect(port, '127.0.0.1', () => {
      other.setTimeout(30, never);
      other.destroy();
      other.setTimeout(30);
    });
    setTimeout(() => {
      client.destroy();
      server.close();
    }, 120);
  });
  for (const value of ['soon', -1, Infinity, undefined, NaN]) {
    try {
      client.setTimeout(value);
    } catch (error) {
      log(describe(error));
    }
  }
  try {
    client.setTimeout(1, 'callback');
  } catch (error) {
    log(describe(error));
  }
  client.setTimeout(0);
});
