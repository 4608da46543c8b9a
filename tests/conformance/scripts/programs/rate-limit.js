'use strict';
// Three at a time: the others are dropped and come back.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.write('in');
  setTimeout(() => socket.end(), 30);
});
server.maxConnections = 3;
let dropped = 0;
server.on('drop', () => { dropped++; });
serve(server, (port) => {
  let served = 0;
  const come = () => {
    const client = net.connect(port, '127.0.0.1');
    let inside = false;
    client.on('data', () => { inside = true; });
    client.on('error', () => {});
    client.on('close', () => {
      if (!inside)
        return setTimeout(come, 20);
      if (++served === 10)
        server.close(() => log('served', served, 'dropped some', dropped > 0));
    });
  };
  for (let i = 0; i < 10; i++)
    come();
});
