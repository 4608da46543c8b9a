'use strict';
// A connection in the background does not keep the program.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const server = net.createServer((socket) => socket.unref().resume());
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    client.unref();
    server.unref();
    log('nothing left to do');
  });
});
process.on('exit', (status) => log('exit', status));
