'use strict';
// resetAndDestroy: the peer gets ECONNRESET; unconnected it fails; while connecting it waits.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  const number = server.accepted = (server.accepted ?? 0) + 1;
  socket.resume();
  socket.on('error', (error) => log('accepted', number, error.code, error.syscall));
  socket.on('close', (failed) => log('accepted close', number, failed));
});
serve(server, (port) => {
  const client = follow('client', net.connect(port, '127.0.0.1'), ['connect', 'ready', 'end', 'finish', 'error', 'close']);
  client.on('connect', () => {
    setTimeout(() => {
      log(client.resetAndDestroy() === client, client.destroyed);
    }, 20);
  });
  client.on('close', () => setTimeout(() => {
    const idle = follow('idle', new net.Socket(), ['error', 'close']);
    idle.resetAndDestroy();
    log(idle.destroyed);
    idle.on('close', () => {
      const hasty = follow('hasty', net.connect(port, '127.0.0.1'), ['connect', 'ready', 'error', 'close']);
      hasty.resetAndDestroy();
      log(hasty.connecting, hasty.destroyed);
      hasty.on('close', () => setTimeout(() => server.close(() => log('closed')), 30));
    });
  }, 30));
});
