'use strict';
// A fast writer heeds a slow reader.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const total = 8 << 20;
const server = net.createServer((socket) => {
  const chunk = Buffer.alloc(64 << 10, 'c');
  let sent = 0;
  let waits = 0;
  const more = () => {
    while (sent < total) {
      sent += chunk.length;
      if (!socket.write(chunk)) {
        waits++;
        return socket.once('drain', more);
      }
    }
    log('waited', waits > 0, socket.bytesWritten);
    socket.end();
  };
  more();
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  let bytes = 0;
  let pauses = 0;
  client.on('data', (data) => {
    bytes += data.length;
    if (bytes > (pauses + 1) * (1 << 20)) {
      pauses++;
      client.pause();
      setTimeout(() => client.resume(), 5);
    }
  });
  client.on('close', () => {
    log('received', bytes, pauses > 3);
    server.close();
  });
});
