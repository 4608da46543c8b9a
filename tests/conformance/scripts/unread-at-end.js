'use strict';
// A socket that has unread data and its peer's FIN waits for nothing: it keeps no program running.
const { fork } = require('child_process');
const net = require('net');
const { follow, log } = require('./support/trace.js');

if (process.argv[2]) {
  const client = net.connect(Number(process.argv[2]), '127.0.0.1');
  follow('client', client, ['connect', 'end', 'finish', 'close']);
  process.on('exit', () => log('exit', client.readableLength, client.readableEnded, client.destroyed));
} else {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.resume().end('unread');
  });
  server.listen(0, '127.0.0.1', () => {
    const child = fork(__filename, [String(server.address().port)]);
    child.on('close', (status) => {
      log('child', status);
      server.close(() => log('server close'));
    });
  });
}
