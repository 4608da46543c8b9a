'use strict';
// A local address and port are named in the error.
const net = require('net');
const { follow, hide, serve } = require('./support/trace.js');

const server = net.createServer();
const other = net.createServer();
serve(server, (port) => serve(other, () => {
  const localPort = hide(other.address().port, 'local port');
  server.close(() => other.close(() => {
    follow('client', net.connect({ port, host: '127.0.0.1', localAddress: '127.0.0.1', localPort }));
  }));
}));
