'use strict';
// With allowHalfOpen the end of the one side leaves the other side open.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  follow('accepted', socket, ['end', 'finish']);
  socket.on('data', (data) => log('accepted data', data));
  socket.on('end', () => setTimeout(() => {
    log('accepted', socket.readyState);
    socket.end('an answer');
  }, 20));
});
serve(server, (port) => {
  const client = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  follow('client', client, ['connect', 'end', 'finish', 'close']);
  client.on('data', (data) => log('client data', data));
  client.end('a question');
  client.on('close', () => server.close());
  // Which of the two closes first depends on the version.
  server.on('close', () => log('server close'));
});
