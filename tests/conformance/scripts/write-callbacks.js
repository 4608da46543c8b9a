'use strict';
// Callbacks come in the order of the writes, later than the calls.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.resume());
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    for (let i = 0; i < 5; i++)
      log('write', i, client.write(`line ${i}`, (error) => log('written', i, error)));
    client.write('', () => log('empty'));
    client.write(Buffer.alloc(0), () => log('empty bytes'));
    process.nextTick(() => log('tick'));
    client.end('end', () => log('ended'));
    log('bytes', client.bytesWritten, client.writableLength);
  });
  client.resume().on('close', () => {
    log('close', client.bytesWritten);
    server.close();
  });
});
