'use strict';
// A conversation from the first event to the last, on both sides.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = follow('server', net.createServer((socket) => {
  follow('accepted', socket).on('data', (data) => {
    log('accepted data', data);
    socket.write(data);
  });
}));
serve(server, (port) => {
  const client = follow('client', net.connect(port, '127.0.0.1'));
  client.write('hello');
  client.once('data', (data) => {
    log('client data', data);
    client.end('bye', () => log('client ended'));
    server.close((error) => log('server closed', error));
  });
});
