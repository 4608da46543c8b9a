'use strict';
// A refused socket tries again from its close, and gets through.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end('here'));
serve(server, (port) => server.close(() => {
  let tries = 0;
  const client = follow('client', new net.Socket());
  client.on('data', (data) => log('data', data));
  client.on('close', (failed) => {
    if (!failed)
      return server.close();
    log('try', ++tries);
    if (tries === 2)
      server.listen(port, '127.0.0.1', () => client.connect(port, '127.0.0.1'));
    else
      client.connect(port, '127.0.0.1');
  });
  client.connect(port, '127.0.0.1');
}));
