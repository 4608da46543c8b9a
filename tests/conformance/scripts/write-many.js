'use strict';
// A hundred thousand callbacks, in order, before finish.
const net = require('net');
const { log, serve } = require('./support/trace.js');

let received = 0;
const server = net.createServer((socket) => {
  socket.on('data', (data) => { received += data.length; });
  socket.on('end', () => log('received', received));
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    let next = 0;
    for (let i = 0; i < 100_000; i++) {
      client.write('abc', () => {
        if (i !== next++)
          log('out of order', i);
      });
    }
    log('accepted', client.bytesWritten);
    client.on('finish', () => log('finish', next));
    client.end();
  });
  client.resume().on('close', () => server.close());
});
