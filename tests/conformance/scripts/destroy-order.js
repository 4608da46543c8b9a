'use strict';
// Several sockets destroyed in one turn: close comes after an immediate, the last one first.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.on('error', () => {}).resume());
serve(server, (port) => {
  const clients = [];
  for (let i = 0; i < 3; i++) {
    clients[i] = net.connect(port, '127.0.0.1', () => {
      if (clients.every((client) => !client.connecting))
        setTimeout(destroyAll, 20);
    });
  }
  function destroyAll() {
    clients.forEach((client, i) => {
      client.on('close', () => {
        log('close', i);
        process.nextTick(() => log('tick', i));
      });
      client.destroy();
    });
    setImmediate(() => log('immediate'));
    process.nextTick(() => log('tick'));
    server.close();
  }
});
