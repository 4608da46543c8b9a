'use strict';
// One message for a hundred listeners.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const everyone = new Set();
const server = net.createServer((socket) => {
  everyone.add(socket);
  if (everyone.size === 100) {
    for (const one of everyone)
      one.end('news');
  }
});
serve(server, (port) => {
  let heard = 0;
  let closed = 0;
  for (let i = 0; i < 100; i++) {
    net.connect(port, '127.0.0.1').on('data', (data) => { heard += String(data) === 'news'; }).on('close', () => {
      if (++closed === 100)
        server.close(() => log('heard', heard));
    });
  }
});
