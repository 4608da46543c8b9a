'use strict';
// An upload with progress: the receiver says how far it is, the sender counts what has left.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const size = 4 << 20;
const server = net.createServer((socket) => {
  let bytes = 0;
  let told = 0;
  socket.on('data', (data) => {
    bytes += data.length;
    while (bytes >= (told + 1) * (1 << 20))
      socket.write(`${++told}\n`);
  });
  socket.on('end', () => socket.end(`done ${bytes}\n`));
});
serve(server, (port) => {
  const client = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let answers = '';
  let confirmed = 0;
  client.on('data', (data) => { answers += data; });
  const piece = Buffer.alloc(size / 64, 'u');
  for (let i = 0; i < 64; i++)
    client.write(piece, () => { confirmed += piece.length; });
  client.end(() => log('all sent', confirmed, client.bytesWritten, client.writableLength));
  client.on('end', () => log(answers.trim().split('\n')));
  client.on('close', () => server.close(() => log('closed')));
});
