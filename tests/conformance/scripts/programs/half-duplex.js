'use strict';
// One side has said everything, the other one goes on for a while.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.resume().on('end', () => {
    let left = 5;
    const timer = setInterval(() => {
      socket.write(`${left};`);
      if (--left === 0) {
        clearInterval(timer);
        socket.end('over');
      }
    }, 5);
  });
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  let text = '';
  client.on('data', (data) => { text += data; });
  client.on('close', () => {
    log(text, client.bytesRead);
    server.close();
  });
  client.end('question');
});
