'use strict';
// A single write before the connection is called back between connect and ready.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.resume());
serve(server, (port) => {
  const client = follow('client', net.connect(port, '127.0.0.1'), ['connect', 'ready', 'drain', 'finish', 'close']);
  client.write('x', () => log('written'));
  client.on('ready', () => client.end());
  client.resume().on('close', () => server.close());
});
