'use strict';
// Without allowHalfOpen the end is answered by an end.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  follow('accepted', socket, ['end', 'finish', 'close']);
  socket.on('end', () => {
    log('in end', socket.readyState);
    process.nextTick(() => log('tick', socket.readyState));
    setImmediate(() => log('immediate', socket.readyState));
  });
  socket.resume();
});
serve(server, (port) => {
  const client = follow('client', net.connect(port, '127.0.0.1'), ['end', 'finish', 'close']);
  client.on('connect', () => client.end());
  client.resume().on('close', () => server.close());
});
