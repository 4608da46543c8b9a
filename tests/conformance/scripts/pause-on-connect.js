'use strict';
// pauseOnConnect: nothing is read before resume(), a listener does not change that.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer({ pauseOnConnect: true }, (socket) => {
  log('paused', socket.isPaused());
  follow('accepted', socket, ['end', 'close']);
  socket.on('data', (data) => log('data', data));
  setTimeout(() => {
    log('read', socket.bytesRead, socket.isPaused());
    socket.resume();
  }, 60);
});
serve(server, (port) => {
  net.connect(port, '127.0.0.1').end('hello').resume().on('close', () => server.close());
});
