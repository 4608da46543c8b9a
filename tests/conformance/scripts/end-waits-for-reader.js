'use strict';
// While data is unread there is neither end nor close.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end('unread'));
serve(server, (port) => {
  const client = follow('client', net.connect(port, '127.0.0.1'), ['end', 'finish', 'close']);
  setTimeout(() => {
    log('waited', client.readyState, client.destroyed);
    client.on('data', (data) => log('data', data));
    client.on('close', () => server.close());
  }, 80);
});
