'use strict';
// A client that is paused and has nothing to write does not keep its program running.
const { fork } = require('child_process');
const net = require('net');
const { log, serve } = require('./support/trace.js');

if (process.argv[2]) {
  const client = net.connect(Number(process.argv[2]), '127.0.0.1', () => log('connected'));
  client.pause();
  process.channel.unref();
} else {
  const server = net.createServer((socket) => socket.on('error', () => {}).resume());
  serve(server, (port) => {
    const child = fork(__filename, [port]);
    const timer = setTimeout(() => child.kill(), 10_000);
    child.on('exit', (status, signal) => {
      clearTimeout(timer);
      log('exit', status, signal);
      server.close();
    });
  });
}
