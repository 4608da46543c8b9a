'use strict';
// A server drops those who say nothing, and keeps those who do.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const server = net.createServer((socket) => {
  socket.setTimeout(80, () => socket.end('too slow'));
  socket.on('data', (data) => socket.write(data));
});
serve(server, (port) => {
  const lazy = net.connect(port, '127.0.0.1');
  let ended = false;
  lazy.on('data', (data) => log('lazy', data)).on('close', () => { ended = true; });
  const busy = net.connect(port, '127.0.0.1');
  let echoes = 0;
  busy.on('data', () => { echoes++; });
  const timer = setInterval(() => busy.write('x'), 20);
  setTimeout(() => {
    clearInterval(timer);
    log('busy', echoes > 5, 'lazy ended', ended);
    busy.end();
    server.close(() => log('closed'));
  }, 250);
});
