'use strict';
// Writing after end() is an error, and the end of the socket.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {}).resume().on('end', () => socket.end());
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    client.end('bye');
    log(client.write('more', (error) => log('callback', error)));
    log(client.destroyed, client.writable);
    client.write('again', (error) => log('second callback', error));
  });
  follow('client', client, ['end', 'finish', 'error', 'close']).resume();
  client.on('close', () => server.close());
});
