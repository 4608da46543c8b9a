'use strict';
// write() says no until the queue is empty, and drain comes once.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => setTimeout(() => socket.resume(), 50));
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    let count = 0;
    while (client.write(Buffer.alloc(256 * 1024)) && ++count < 1000) {}
    log('full', count < 1000, client.writableNeedDrain, client.writableLength >= client.writableHighWaterMark);
    log(client.write('more', () => log('more written')), client.writableNeedDrain);
    client.on('drain', () => {
      log('drain', client.writableLength, client.writableNeedDrain);
      client.end();
    });
  });
  client.on('finish', () => log('finish'));
  client.resume().on('close', () => server.close());
});
