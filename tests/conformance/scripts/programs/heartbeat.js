'use strict';
// Both sides say that they are there; when one falls silent the other hangs up.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const server = net.createServer((socket) => {
  let beats = 0;
  const timer = setInterval(() => {
    if (++beats === 5)
      clearInterval(timer);
    else
      socket.write('beat');
  }, 10);
  socket.on('end', () => {
    clearInterval(timer);
    log('client left');
  });
  socket.resume();
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  client.on('data', () => {});
  client.setTimeout(100);
  client.on('timeout', () => {
    log('silence', client.bytesRead);
    client.end();
    server.close(() => log('closed'));
  });
});
