'use strict';
// Node's readline on a socket.
// whole surface
const readline = require('readline');
const net = require('net');
const { log, serve } = require('../support/trace.js');

const server = net.createServer((socket) => {
  const lines = readline.createInterface({ input: socket });
  lines.on('line', (line) => socket.write(`${line.toUpperCase()}\n`));
  lines.on('close', () => socket.end());
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    client.write('first\nsec');
    setTimeout(() => client.end('ond\nthird'), 20);
  });
  let text = '';
  client.on('data', (data) => { text += data; });
  client.on('close', () => {
    log(text.split('\n'));
    server.close();
  });
});
