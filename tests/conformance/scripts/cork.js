'use strict';
// What is corked leaves together; end() uncorks.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  socket.on('data', (data) => log('data', data));
  socket.on('end', () => log('end'));
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    client.cork();
    client.cork();
    log(client.write('one '), client.write('two '), client.writableLength, client.writableCorked);
    client.uncork();
    log(client.writableCorked, client.writableLength);
    setTimeout(() => {
      log('still', client.writableLength, client.bytesWritten);
      client.uncork();
      log('uncorked', client.writableCorked, client.writableLength);
      setTimeout(() => {
        client.cork();
        client.write('three ', () => log('three'));
        client.write('four', () => log('four'));
        client.end(() => log('ended', client.writableCorked));
      }, 30);
    }, 30);
  });
  client.resume().on('close', () => server.close());
});
