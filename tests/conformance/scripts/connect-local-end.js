'use strict';
// The local address and port that were asked for are those that the server sees.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const free = net.createServer();
serve(free, (localPort) => free.close(() => {
  const server = net.createServer((socket) => {
    log('from', socket.remoteAddress, socket.remotePort === localPort);
    socket.end();
    server.close();
  });
  server.listen(0, () => {
    const { port } = server.address();
    const client = net.connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2', localPort });
    follow('client', client, ['connect', 'end', 'error', 'close']).resume();
    client.on('connect', () => log(client.localAddress, client.localPort === localPort, client.localFamily));
  });
}));
