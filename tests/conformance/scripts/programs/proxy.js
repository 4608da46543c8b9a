'use strict';
// A proxy between a client and a server, with pipes both ways.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const origin = net.createServer((socket) => {
  let bytes = 0;
  socket.on('data', (data) => { bytes += data.length; });
  socket.on('end', () => socket.end(`got ${bytes}`));
});
origin.listen(0, '127.0.0.1', () => {
  const proxy = net.createServer({ allowHalfOpen: true }, (downstream) => {
    const upstream = net.connect({ port: origin.address().port, host: '127.0.0.1', allowHalfOpen: true });
    downstream.pipe(upstream);
    upstream.pipe(downstream);
    downstream.on('error', (error) => log('downstream', error.code));
  });
  serve(proxy, (port) => {
    const client = net.connect(port, '127.0.0.1');
    client.end(Buffer.alloc(1 << 20, 'x'));
    client.on('data', (data) => log('answer', data));
    client.on('close', () => {
      origin.close();
      proxy.close(() => log('closed'));
    });
  });
});
