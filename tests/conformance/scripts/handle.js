'use strict';
// whole surface
// _handle is there while something is open, and null before and after.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  log('accepted', socket._handle !== null, typeof socket._handle.fd, socket.server === server, socket._server === server);
  socket.end('x');
});
log(server._handle);
serve(server, (port) => {
  log('server', server._handle !== null, server._handle.fd > 2, server._connections);
  const client = new net.Socket();
  log('client', client._handle, client._getpeername(), client._getsockname(), client.bufferSize);
  client.connect(port, '127.0.0.1');
  log('connecting', client._handle !== null, client.bufferSize, client._connecting);
  client.on('connect', () => {
    log('open', client._handle.fd > 2, client._getpeername().port === port, client._getsockname().family, client._bytesDispatched);
    log(client._handle.hasRef(), client.unref()._handle.hasRef(), client.ref()._handle.hasRef());
  });
  client.resume().on('close', () => {
    log('closed', client._handle, client.bufferSize, client.server);
    server.close(() => log('server', server._handle));
    log(server._handle);
  });
});
