'use strict';
// Reads and writes start the time anew.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  let count = 0;
  const timer = setInterval(() => {
    socket.write('x');
    if (++count === 6) {
      clearInterval(timer);
      socket.on('data', () => {});
    }
  }, 50);
  socket.on('error', () => {});
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  let reads = 0;
  let timeouts = 0;
  client.on('data', () => {
    if (++reads < 6)
      return;
    log('reads done', timeouts);
    let writes = 0;
    const timer = setInterval(() => {
      client.write('y');
      if (++writes < 6)
        return;
      clearInterval(timer);
      log('writes done', timeouts);
      client.once('timeout', () => {
        log('idle');
        client.destroy();
        server.close();
      });
    }, 50);
  });
  client.setTimeout(400);
  client.on('timeout', () => timeouts++);
});
