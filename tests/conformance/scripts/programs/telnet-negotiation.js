'use strict';
// Binary commands among text, split at the worst places.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const server = net.createServer((socket) => {
  let text = '';
  let commands = 0;
  let state = 0;
  socket.on('data', (data) => {
    for (const byte of data) {
      if (state === 0 && byte === 255)
        state = 1;
      else if (state > 0 && ++state === 3) {
        commands++;
        state = 0;
      } else if (state === 0)
        text += String.fromCharCode(byte);
    }
  });
  socket.on('end', () => socket.end(`${commands} commands, text ${text}`));
});
serve(server, (port) => {
  const client = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  const bytes = Buffer.from([0x68, 255, 253, 1, 0x69, 255, 251, 3, 0x21]);
  let at = 0;
  const timer = setInterval(() => {
    if (at < bytes.length)
      client.write(bytes.subarray(at, ++at));
    else {
      clearInterval(timer);
      client.end();
    }
  }, 2);
  client.on('data', (data) => log(data));
  client.on('close', () => server.close());
});
