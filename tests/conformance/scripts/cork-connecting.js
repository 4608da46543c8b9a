'use strict';
// Corked before there is a connection, uncorked when it comes.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  socket.on('data', (data) => log('server has', String(data))).on('end', () => server.close());
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  client.cork();
  client.write('a', () => log('a is written'));
  client.write('b', () => log('b is written'));
  client.on('connect', () => {
    log('connect', client.writableLength);
    client.uncork();
  });
  client.on('ready', () => {
    log('ready');
    setImmediate(() => client.end());
  });
});
