'use strict';
// whole surface
// What is put back comes first again.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end('header\nbody of the message'));
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  client.on('readable', function header() {
    const chunk = client.read();
    if (chunk === null)
      return;
    const at = chunk.indexOf('\n');
    log('header', chunk.subarray(0, at));
    client.removeListener('readable', header);
    log(client.unshift(chunk.subarray(at + 1)), client.readableLength);
    client.on('data', (data) => log('data', data));
    client.on('end', () => {
      log('end');
      client.on('error', (error) => log('late', error.code, error.message));
      client.unshift('x');
    });
  });
  client.on('close', (failed) => {
    log('close', failed);
    server.close();
  });
});
