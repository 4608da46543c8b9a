'use strict';
// whole surface
// The asynchronous context of whoever connected or listened reaches the events.
const { AsyncLocalStorage } = require('async_hooks');
const net = require('net');
const { log } = require('./support/trace.js');

const storage = new AsyncLocalStorage();
const server = net.createServer((socket) => {
  log('connection', storage.getStore());
  socket.end('x');
});
storage.run('listener', () => server.listen(0, '127.0.0.1', () => {
  log('listening', storage.getStore());
  storage.run('first', () => {
    const client = net.connect(server.address().port, '127.0.0.1', () => log('connect', storage.getStore()));
    client.on('data', () => {
      log('data', storage.getStore());
      process.nextTick(() => log('tick', storage.getStore()));
      setImmediate(() => log('immediate', storage.getStore()));
    });
    client.on('close', () => {
      log('close', storage.getStore());
      server.close(() => log('closed'));
    });
  });
}));
