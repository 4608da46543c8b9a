'use strict';
// whole surface
// The prototype is no socket, and nothing that is asked of it throws.
const net = require('net');
const { log, serve } = require('./support/trace.js');

for (const name of ['bytesRead', 'bytesWritten', 'remoteAddress', 'localPort', 'pending'])
  log(name, net.Socket.prototype[name]);
const normalized = net._normalizeArgs([{ port: 1 }, log]);
log(normalized.length, normalized[0], normalized[1] === log);
const server = net.createServer((socket) => socket.end());
serve(server, (port) => {
  const client = new net.Socket().connect(net._normalizeArgs([{ port, host: '127.0.0.1' }, () => log('connect')]));
  client.resume().on('close', () => server.close());
  log(server._connectionKey);
});
