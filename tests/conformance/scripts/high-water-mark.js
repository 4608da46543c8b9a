'use strict';
// What write() answers around the high-water mark, before the connection and after it.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.resume());
serve(server, (port) => {
  const client = new net.Socket({ writableHighWaterMark: 1000, highWaterMark: 1000 });
  client.connect(port, '127.0.0.1');
  log(client.writableHighWaterMark);
  log(client.write('x'.repeat(999)), client.writableLength, client.writableNeedDrain);
  log(client.write('x'), client.writableLength, client.writableNeedDrain);
  log(client.write('x'), client.writableLength, client.writableNeedDrain);
  client.once('drain', () => {
    log('drain', client.writableLength, client.writableNeedDrain);
    log(client.write('x'.repeat(1000)), client.writableNeedDrain);
    log(client.write('x'.repeat(10)), client.writableNeedDrain);
    client.once('drain', () => log('drain again'));
    client.end(() => log('ended'));
  });
  client.resume().on('close', () => server.close());
});
