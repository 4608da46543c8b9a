'use strict';
// The same socket connects three times; its counters start again.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

let rounds = 0;
const server = net.createServer((socket) => {
  socket.on('data', (data) => socket.end(`${data}${data}`));
});
serve(server, (port) => {
  const client = follow('client', new net.Socket());
  client.on('data', (data) => log('data', data, client.bytesRead));
  client.on('connect', () => {
    log('counters', client.bytesRead, client.bytesWritten);
    client.write('x'.repeat(rounds));
  });
  client.on('close', () => {
    log('after', client.bytesRead, client.bytesWritten, client.destroyed, client.readyState);
    if (++rounds <= 3)
      client.connect(port, '127.0.0.1');
    else
      server.close();
    log('then', client.bytesRead, client.bytesWritten, client.destroyed, client.readyState);
  });
  rounds = 1;
  client.connect(port, '127.0.0.1');
});
