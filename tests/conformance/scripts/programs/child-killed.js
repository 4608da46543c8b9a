'use strict';
// A client is killed: the server sees the end, and goes on.
const { fork } = require('child_process');
const net = require('net');
const { log, serve } = require('../support/trace.js');

if (process.argv[2]) {
  const client = net.connect(Number(process.argv[2]), '127.0.0.1', () => client.write('ready'));
  client.resume();
} else {
  let child;
  const server = net.createServer((socket) => {
    socket.on('data', (data) => {
      log('data', data);
      child.kill('SIGKILL');
    });
    socket.on('end', () => log('end'));
    socket.on('error', (error) => log(error.code));
    socket.on('close', (failed) => server.close(() => log('close', failed)));
  });
  serve(server, (port) => { child = fork(__filename, [port]).on('exit', () => {}); });
}
