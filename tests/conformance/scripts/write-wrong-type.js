'use strict';
// What can't be written is refused at once.
const net = require('net');
const { describe, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.resume());
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    for (const value of [null, undefined, 1, true, {}, [], new Set(), () => {}]) {
      try {
        client.write(value);
      } catch (error) {
        log(describe(error));
      }
    }
    try {
      client.write('x', 'klingon');
    } catch (error) {
      log(describe(error));
    }
    log(client.destroyed, client.bytesWritten);
    client.end();
  });
  client.resume().on('close', () => server.close());
});
