'use strict';
// Twenty clients that break off at twenty different moments leave a server that still works.
const net = require('net');
const { log, serve } = require('../support/trace.js');

let accepted = 0;
const server = net.createServer((socket) => {
  accepted++;
  socket.on('error', () => {});
  socket.on('data', (data) => socket.write(data));
  socket.write('hello');
});
serve(server, (port) => {
  const moments = [(c) => c.destroy(), (c) => c.on('connect', () => c.destroy()), (c) => c.on('ready', () => c.destroy()),
                   (c) => c.on('data', () => c.destroy()), (c) => c.on('data', () => c.resetAndDestroy()),
                   (c) => c.on('connect', () => c.resetAndDestroy()), (c) => c.end(), (c) => c.write('x', () => c.destroy()),
                   (c) => c.on('data', () => c.end('bye')), (c) => c.on('connect', () => c.destroy(new Error('mine')))];
  let left = moments.length * 2;
  for (let i = 0; i < moments.length * 2; i++) {
    const client = net.connect(port, '127.0.0.1');
    client.on('error', () => {});
    client.resume();
    moments[i % moments.length](client);
    client.on('close', () => {
      if (--left)
        return;
      const last = net.connect(port, '127.0.0.1').once('data', (data) => {
        log('still', data, accepted > 10);
        last.end();
        server.close(() => log('closed'));
      });
    });
  }
});
