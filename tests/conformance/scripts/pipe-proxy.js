'use strict';
// A proxy of two pipes, half a million bytes each way.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const size = 500_000;
const origin = net.createServer({ allowHalfOpen: true }, (socket) => {
  let got = 0;
  socket.on('data', (data) => { got += data.length; });
  socket.on('end', () => {
    log('origin got', got);
    socket.end(Buffer.alloc(size, 'b'));
  });
});
origin.listen(0, '127.0.0.1', () => {
  const proxy = net.createServer({ allowHalfOpen: true }, (inward) => {
    const outward = net.connect({ port: origin.address().port, host: '127.0.0.1', allowHalfOpen: true });
    inward.pipe(outward);
    outward.pipe(inward);
  });
  serve(proxy, (port) => {
    const client = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let got = 0;
    client.end(Buffer.alloc(size, 'a'));
    client.on('data', (data) => { got += data.length; });
    client.on('end', () => log('client got', got));
    client.on('close', () => {
      proxy.close(() => log('proxy closed'));
      origin.close(() => log('origin closed'));
    });
  });
});
