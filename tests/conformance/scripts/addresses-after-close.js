'use strict';
// The remote end stays known after close, the local one does not.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end().resume());
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  const tell = (when) => log(when, client.remoteAddress, client.remotePort === port, client.remoteFamily,
                             client.localAddress, client.localPort > 0, client.localFamily,
                             Object.keys(client.address()));
  tell('connecting');
  client.on('connect', () => tell('connect'));
  client.on('end', () => tell('end'));
  client.on('close', () => {
    tell('close');
    server.close();
  });
  client.resume();
});
