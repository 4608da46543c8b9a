'use strict';
// More than maxConnections: drop tells it, the client is closed, and a slot is free again later.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  log('connection');
  socket.resume();
});
log(server.maxConnections);
server.maxConnections = 1;
serve(server, (port) => {
  server.on('drop', (ends) => log('drop', ends.localAddress, ends.localPort === port, ends.localFamily,
                                  ends.remoteAddress, ends.remotePort > 0, ends.remoteFamily));
  const first = net.connect(port, '127.0.0.1', () => {
    const second = net.connect(port, '127.0.0.1');
    second.on('error', (error) => log('error', error.code)).resume();
    second.on('close', () => {
      log('second closed');
      first.end();
      first.resume().on('close', () => setTimeout(() => {
        const third = net.connect(port, '127.0.0.1', () => {
          log('third connected');
          third.end();
          server.close(() => log('closed'));
        });
      }, 30));
    });
  });
});
