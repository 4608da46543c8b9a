'use strict';
// whole surface
// The handle of a socket closed under it: the peer sees the end, the socket says nothing, but fails when it writes.
const net = require('net');
const { log, serve } = require('./support/trace.js');

let accepted = 0;
const server = net.createServer((socket) => {
  const first = ++accepted === 1;
  if (first)
    socket.write('x');
  socket.resume().on('end', () => log('the peer has ended')).on('close', (failed) => {
    log('close', failed);
    if (!first)
      server.close(() => log('server close'));
  });
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  client.on('data', () => {
    client.on('close', () => log('never'));
    client._handle.close(() => {
      log('closed');
      writeAfter(port);
    });
    log('called');
  });
});

function writeAfter(port) {
  const client = net.connect(port, '127.0.0.1', () => {
    client.on('error', (error) => log('error', error.message, error.code));
    client._handle.close();
    client.write('x', (error) => log('written', error.code));
  });
}
