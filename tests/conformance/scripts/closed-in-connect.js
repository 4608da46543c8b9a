'use strict';
// What is written before the connection waits for it; a listener of 'connect' that closes the socket comes first, and
// so does a reset that was asked for before the first write.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const events = ['connect', 'ready', 'finish', 'error', 'close'];
const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.resume();
});
serve(server, (port) => {
  const first = new net.Socket();
  first.on('connect', () => log('destroyed by a listener', first.destroy().destroyed));
  follow('first', first.connect(port, '127.0.0.1'), events);
  first.write('a', (error) => log('a', error));
  first.write('b', (error) => log('b', error));
  first.end((error) => log('end', error));
  first.on('close', () => {
    const second = follow('second', net.connect(port, '127.0.0.1'), events);
    second.resetAndDestroy();
    second.write('late', (error) => log('late', error));
    second.on('close', () => {
      log(second.bytesWritten);
      const third = follow('third', net.connect(port, '127.0.0.1'), events);
      third.resetAndDestroy();
      third.write('', (error) => log('empty', error));
      third.write('late', (error) => log('late', error));
      third.on('close', () => server.close());
    });
  });
});
