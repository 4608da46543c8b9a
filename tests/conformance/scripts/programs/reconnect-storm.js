'use strict';
// Fifty clients come and go ten times each.
const net = require('net');
const { log, serve } = require('../support/trace.js');

let connections = 0;
const server = net.createServer((socket) => {
  connections++;
  socket.pipe(socket);
});
serve(server, (port) => {
  let alive = 50;
  let echoes = 0;
  for (let i = 0; i < 50; i++) {
    let rounds = 10;
    const client = new net.Socket();
    client.on('connect', () => client.end('ping'));
    client.on('data', (data) => { echoes += String(data) === 'ping'; });
    client.on('close', () => {
      if (--rounds)
        return client.connect(port, '127.0.0.1');
      if (--alive === 0)
        server.close(() => log(connections, echoes));
    });
    client.connect(port, '127.0.0.1');
  }
});
