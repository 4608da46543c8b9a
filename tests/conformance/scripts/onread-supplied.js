'use strict';
// whole surface
// Each read may have a buffer of its own.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end(Buffer.alloc(5000, 'x')));
serve(server, (port) => {
  let total = 0;
  const seen = new Set();
  const client = net.connect({ port, host: '127.0.0.1', onread: {
    buffer: () => Buffer.alloc(1000),
    callback(count, buffer) {
      total += count;
      seen.add(buffer);
      if (buffer.length !== 1000 || buffer[0] !== 0x78)
        log('wrong', buffer.length);
    },
  } });
  client.on('data', () => log('never')).on('end', () => log('end', total, seen.size)).on('close', () => server.close());
});
