'use strict';
// Local sockets: the client hears of its connection before the server does.
const net = require('net');
const { follow, localPath, log } = require('./support/trace.js');

const path = localPath();
const server = follow('server', net.createServer((socket) => {
  log('connection', socket.remoteAddress, socket.remotePort, socket.localAddress, socket.address());
  follow('accepted', socket).end('welcome');
}));
server.listen(path, () => {
  log('address', server.address());
  const client = follow('client', net.connect(path, () => log('callback')));
  client.on('data', (data) => log('client data', data));
  client.on('connect', () => log(client.remoteAddress, client.remoteFamily, client.localPort, client.address()));
  client.on('close', () => server.close());
  log('called', client.connecting, client.pending);
});
