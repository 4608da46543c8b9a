'use strict';
// needs ipv6
// needs alone
// A server for IPv6 alone, one for both, one for IPv4.
const net = require('net');
const { log } = require('./support/trace.js');

function round(options, then) {
  const server = net.createServer((socket) => {
    log('from', socket.remoteAddress, socket.remoteFamily, socket.localAddress);
    socket.end();
  });
  server.listen({ port: 0, ...options }, () => {
    const { port, address, family } = server.address();
    log('listening', address, family);
    const attempt = (host, next) => {
      const client = net.connect(port, host);
      client.on('error', (error) => log(host, error.code));
      client.resume().on('close', (failed) => {
        log(host, failed);
        next();
      });
    };
    attempt('127.0.0.1', () => attempt('::1', () => server.close(then)));
  });
}
round({ host: '::', ipv6Only: true }, () => round({}, () => round({ host: '0.0.0.0' }, () => log('end'))));
