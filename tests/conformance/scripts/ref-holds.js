'use strict';
// A listening server keeps the program until it is closed.
const net = require('net');
const { log, serve } = require('./support/trace.js');

process.on('exit', () => log('exit', server.listening));
const server = net.createServer();
server.unref();
server.ref();
serve(server, () => {
  setTimeout(() => {
    log('closing');
    server.close();
  }, 100).unref();
});
