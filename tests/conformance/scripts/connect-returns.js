'use strict';
// What the functions return, and that the connect listener is one of the listeners of connect.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.resume());
serve(server, (port) => {
  const client = new net.Socket();
  client.on('connect', () => log('first'));
  log(client.connect(port, '127.0.0.1', () => log('second')) === client);
  client.on('connect', function() {
    log('third', this === client, client.listenerCount('connect'));
    log(client.setNoDelay() === client, client.setKeepAlive(true, 1000) === client, client.setTimeout(0) === client,
        client.ref() === client, client.unref() === client, client.ref() === client, client.pause() === client,
        client.resume() === client, client.setEncoding('utf8') === client);
    log(client.end() === client, client.destroy() === client, client.destroy() === client);
    log(server.ref() === server, server.close() === server);
  });
});
