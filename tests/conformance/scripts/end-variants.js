'use strict';
// end() with data, with a callback, twice, and after finish.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  socket.setEncoding('utf8').on('data', (data) => log('received', data));
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    client.end('last', 'utf8', (error) => log('first end', error));
    client.end((error) => log('second end', error));
    log(client.writable, client.writableEnded);
  });
  client.on('finish', () => {
    log('finish');
    client.end((error) => log('third end', error));
  });
  client.resume().on('close', () => {
    client.end((error) => log('fourth end', error));
    server.close();
  });
});
