'use strict';
// needs alone
// needs node 20
// One family only, of a name that has both.
const net = require('net');
const { follow, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end().resume());
serve(server, (port) => {
  const hosts = [4, 6, 'IPv4', 'IPv6'];
  const next = () => {
    const family = hosts.shift();
    if (!family)
      return server.close();
    follow(`family ${family}`, net.connect({ port, host: 'both.test', family }),
           ['lookup', 'connectionAttempt', 'connect', 'error', 'close']).resume().on('close', next);
  };
  next();
}, '::');
