'use strict';
// A name in the abstract namespace: no file, and free again after close.
const net = require('net');
const { follow, hide, log } = require('./support/trace.js');

const name = hide(`\0conformance-${process.pid}`, 'name');
const server = follow('server', net.createServer((socket) => {
  log('connection');
  socket.end('hello');
}));
server.listen(name, () => {
  log('address', JSON.stringify(server.address()) === JSON.stringify(name));
  const client = follow('client', net.connect(name)).on('data', (data) => log('data', data));
  client.on('close', () => server.close(() => {
    server.removeAllListeners();
    server.listen(name, () => {
      log('again');
      server.close();
    });
  }));
});
