'use strict';
// A pool of four connections serves forty questions.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const server = net.createServer((socket) => socket.on('data', (data) => socket.write(String(+data * 2))));
serve(server, (port) => {
  const questions = Array.from({ length: 40 }, (_, i) => i);
  let sum = 0;
  let open = 4;
  const work = (client) => {
    if (!questions.length)
      return client.end();
    client.write(String(questions.shift()));
  };
  for (let i = 0; i < 4; i++) {
    const client = net.connect(port, '127.0.0.1', () => work(client));
    client.on('data', (data) => {
      sum += +data;
      work(client);
    });
    client.on('close', () => {
      if (--open === 0)
        server.close(() => log('sum', sum));
    });
  }
});
