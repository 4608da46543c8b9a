'use strict';
// A cork that comes after end() does not keep the socket from finishing, connected or not yet.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const events = ['connect', 'ready', 'finish', 'end', 'error', 'close'];
const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.resume();
});

const cases = [
  (client) => client.end() && client.cork(),
  (client) => {
    client.write('x');
    client.end();
    client.cork();
    client.cork();
    client.end();
  },
  (client) => {
    client.cork();
    client.write('x', (error) => log('x', error));
    client.end();
    client.cork();
  },
  (client) => client.on('connect', () => client.end('x') && client.cork()),
];

serve(server, (port) => {
  const next = (number) => {
    if (number === cases.length) {
      server.close();
      return;
    }
    const client = follow(`client ${number}`, net.connect(port, '127.0.0.1'), events);
    client.resume();
    cases[number](client);
    log('corked', client.writableCorked);
    client.on('close', () => next(number + 1));
  };
  next(0);
});
