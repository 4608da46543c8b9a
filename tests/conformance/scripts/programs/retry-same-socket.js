'use strict';
// The same socket object tries again inside its own close event.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const probe = net.createServer();
serve(probe, (port) => probe.close(() => {
  const late = net.createServer((socket) => {
    socket.end('there');
    late.close();
  });
  const client = new net.Socket();
  let failures = 0;
  client.on('error', (error) => log('error', error.code));
  client.on('data', (data) => log('data', data));
  client.on('close', (failed) => {
    log('close', failed, client.bytesRead);
    if (failed && ++failures === 2)
      late.listen(port, '127.0.0.1', () => client.connect(port, '127.0.0.1'));
    else if (failed)
      client.connect(port, '127.0.0.1');
  });
  client.connect(port, '127.0.0.1');
}));
