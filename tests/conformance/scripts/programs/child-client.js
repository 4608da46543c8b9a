'use strict';
// The client is another process.
const { fork } = require('child_process');
const net = require('net');
const { log, serve } = require('../support/trace.js');

if (process.argv[2]) {
  const client = net.connect(Number(process.argv[2]), '127.0.0.1', () => client.end('from the child'));
  client.resume();
} else {
  const server = net.createServer((socket) => {
    socket.on('data', (data) => log('data', data));
    socket.on('close', (failed) => log('close', failed));
  });
  serve(server, (port) => fork(__filename, [port]).on('exit', (status) => {
    log('child', status);
    server.close();
  }));
}
