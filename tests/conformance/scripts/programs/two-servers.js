'use strict';
// A front server asks a back server for each request.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const back = net.createServer((socket) => socket.on('data', (data) => socket.end(String(data).split('').reverse().join(''))));
back.listen(0, '127.0.0.1', () => {
  const front = net.createServer((socket) => {
    socket.once('data', (data) => {
      const inner = net.connect(back.address().port, '127.0.0.1', () => inner.write(data));
      let text = '';
      inner.on('data', (part) => { text += part; });
      inner.on('end', () => socket.end(`<${text}>`));
    });
  });
  serve(front, (port) => {
    const client = net.connect(port, '127.0.0.1', () => client.write('stressed'));
    client.on('data', (data) => log(data));
    client.on('close', () => {
      front.close();
      back.close(() => log('closed'));
    });
  });
});
