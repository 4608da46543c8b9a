'use strict';
// A parser listens for one message, then somebody else takes over.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const server = net.createServer((socket) => {
  socket.write('HELLO');
  setTimeout(() => socket.end('REST'), 30);
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  const first = (data) => {
    log('first', data);
    client.removeListener('data', first);
    client.pause();
    setTimeout(() => {
      client.on('data', (rest) => log('second', rest));
      client.resume();
    }, 60);
  };
  client.on('data', first);
  client.on('end', () => log('end'));
  client.on('close', () => server.close());
});
