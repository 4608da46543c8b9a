'use strict';
// A pause in the listener of 'connection' comes after reading has begun: data waits, the end without data does not.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  socket.pause();
  follow('accepted', socket, ['data', 'end', 'close']);
  log('paused', socket.isPaused());
  if (served++ === 1) {
    socket.once('close', () => server.close());
    const look = () => {
      if (socket.readableLength < 5) {
        setTimeout(look, 5);
        return;
      }
      log('waiting', socket.readableLength, socket.bytesRead);
      socket.resume();
    };
    look();
  } else {
    socket.once('close', () => net.connect(server.address().port, '127.0.0.1').end('hello').resume());
  }
});
let served = 0;
serve(server, (port) => {
  net.connect(port, '127.0.0.1').end().resume();
});
