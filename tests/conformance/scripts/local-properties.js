'use strict';
// whole surface
// What a local connection says of its ends.
const net = require('net');
const { localPath, log } = require('./support/trace.js');

const server = net.createServer((socket) => {
  log('accepted', socket.remoteAddress, socket.remotePort, socket.remoteFamily, socket.localAddress, socket.localPort,
      socket.address(), socket._getpeername(), socket.readyState);
  socket.end();
});
server.listen({ path: localPath(), readableAll: true, writableAll: true }, () => {
  log(server.address(), (require('fs').statSync(server.address()).mode & 0o666).toString(8));
  const client = net.connect({ path: server.address() }, () => {
    log('client', client.remoteAddress, client.localAddress, client.address(), client.connecting, client.pending);
  });
  client.resume().on('close', () => server.close());
});
