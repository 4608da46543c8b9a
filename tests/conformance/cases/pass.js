'use strict';
// A script that finds nothing wrong.
const net = require('net');

const server = net.createServer((socket) => socket.end('x'));
server.listen(0, '127.0.0.1', () => {
  net.connect(server.address().port, '127.0.0.1').resume().on('close', () => server.close());
});
