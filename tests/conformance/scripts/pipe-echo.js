'use strict';
// A socket piped into itself is an echo.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  follow('accepted', socket, ['end', 'finish', 'close']);
  log(socket.pipe(socket) === socket);
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  let size = 0;
  client.on('data', (data) => { size += data.length; });
  client.on('end', () => log('size', size));
  client.on('close', () => server.close());
  client.end(Buffer.alloc(1 << 20));
});
