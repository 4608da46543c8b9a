'use strict';
// end() while connecting waits for the connection; what was written goes first.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  socket.on('data', (data) => log('received', data));
  socket.on('end', () => log('accepted end'));
});
serve(server, (port) => {
  const client = follow('client', net.connect(port, '127.0.0.1'), ['connect', 'ready', 'end', 'finish', 'close']);
  client.write('one', () => log('written'));
  client.end(() => log('end callback'));
  log(client.readyState, client.writable);
  client.resume().on('close', () => server.close());
});
