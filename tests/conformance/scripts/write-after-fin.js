'use strict';
// After the peer's FIN, once the automatic end has happened, a write gets EPIPE in Node's words.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  follow('accepted', socket, ['end', 'finish', 'error', 'close']).resume();
  socket.on('end', () => {
    log('in end', socket.writable);
    log(socket.write('still', (error) => log('still written', error)));
    setImmediate(() => {
      log('later', socket.writable);
      log(socket.write('too late', (error) => log('too late', error)));
    });
  });
});
serve(server, (port) => {
  const client = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => client.end());
  client.on('data', (data) => log('data', data));
  client.on('end', () => log('client end'));
  client.on('close', () => server.close());
  client.on('error', () => {});
});
