'use strict';
// Ten clients at once: each is greeted, and the server closes after the last.
const net = require('net');
const { log, serve } = require('./support/trace.js');

let greeted = 0;
const server = net.createServer((socket) => {
  process.nextTick(() => log('tick', ++greeted));
  log('connection', greeted);
  socket.end('hi');
});
serve(server, (port) => {
  let closed = 0;
  for (let i = 0; i < 10; i++) {
    net.connect(port, '127.0.0.1').resume().on('close', () => {
      if (++closed === 10)
        server.close(() => log('closed'));
    });
  }
});
