'use strict';
// close() stops accepting, keeps connections, and tells when the last one is gone.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = follow('server', net.createServer((socket) => {
  log('connection', server.listening);
  server.close((error) => log('callback', error));
  log('called', server.listening, server.address());
  setTimeout(() => socket.end('still here'), 20);
  socket.resume();
}));
serve(server, (port) => {
  const client = follow('client', net.connect(port, '127.0.0.1'), ['connect', 'end', 'close']);
  client.on('data', (data) => {
    log('data', data);
    net.connect(port, '127.0.0.1').on('error', (error) => log('late', error.code));
  });
});
