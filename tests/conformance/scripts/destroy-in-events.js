'use strict';
// A socket destroyed inside each of its events says nothing but close afterwards.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.end('hello');
});
const events = ['connect', 'ready', 'data', 'end', 'finish'];
serve(server, (port) => {
  const next = () => {
    const event = events.shift();
    if (!event)
      return server.close();
    const client = net.connect(port, '127.0.0.1');
    follow(`destroyed in ${event}:`, client, ['connect', 'ready', 'end', 'finish', 'error', 'close']);
    client.on('data', (data) => log('data', data));
    client.on(event, () => client.destroy());
    client.on('close', next);
  };
  next();
});
