'use strict';
// Settings chain, and may be made before the connection is there.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 2000 }, (socket) => {
  log(socket.setNoDelay(false) === socket, socket.setKeepAlive(true, 1000) === socket, socket.setTimeout(0) === socket,
      socket.ref() === socket, socket.unref() === socket, socket.setEncoding('utf8') === socket);
  socket.ref();
  socket.end();
});
serve(server, (port) => {
  const client = new net.Socket({ noDelay: true, keepAlive: true });
  log(client.setNoDelay() === client, client.setKeepAlive() === client, client.setNoDelay(false) === client,
      client.setTimeout(5000) === client, client.timeout, client.pause() === client, client.resume() === client);
  client.setTypeOfService?.(16);
  log(client.getTypeOfService ? client.getTypeOfService() : 16);
  client.connect(port, '127.0.0.1', () => {
    log(client.getTypeOfService ? client.getTypeOfService() : 16, client.timeout);
    client.end();
  });
  client.on('close', () => server.close());
});
for (const value of ['x', -1, NaN, Infinity, {}, null]) {
  try {
    new net.Socket().setTimeout(value);
    log('taken', value);
  } catch (error) {
    log(error.name, error.code, error.message);
  }
}
