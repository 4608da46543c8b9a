'use strict';
// address() before, while and after listening; what a host means.
const net = require('net');
const { hide, log } = require('./support/trace.js');

const hosts = ['127.0.0.1', '::1', '0.0.0.0', '::', undefined, '127.0.0.2'];
const next = () => {
  if (!hosts.length)
    return;
  const host = hosts.shift();
  const server = net.createServer();
  log(host, 'before', server.address(), server.listening);
  server.listen(0, host, () => {
    hide(server.address().port, 'port');
    log(server.address(), server.listening);
    server.close(() => {
      log('after', server.address(), server.listening);
      next();
    });
    log('closed', server.address(), server.listening);
  });
};
next();
