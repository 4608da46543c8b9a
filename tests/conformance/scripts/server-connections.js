'use strict';
// getConnections is asynchronous, also when nobody is there.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.resume());
const count = (when) => server.getConnections((error, number) => log(when, error, number));
serve(server, (port) => {
  log(server.getConnections(() => log('first')) === server);
  count('idle');
  process.nextTick(() => log('tick'));
  const clients = [];
  const next = () => {
    if (clients.length < 3)
      return clients.push(net.connect(port, '127.0.0.1', () => setTimeout(next, 20)));
    count('three');
    clients[0].end();
    clients[1].destroy();
    setTimeout(() => {
      count('one');
      clients[2].end();
      server.close(() => count('none'));
      count('closing');
    }, 50);
  };
  next();
});
