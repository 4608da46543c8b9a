'use strict';
// What flows with nobody listening is lost; what waits for the first listener is not.
const net = require('net');
const { log, serve } = require('./support/trace.js');

let count = 0;
const server = net.createServer((socket) => {
  if (++count === 2)
    server.close();
  socket.write('first ');
  setTimeout(() => socket.end('second'), 60);
});
serve(server, (port) => {
  const flowing = net.connect(port, '127.0.0.1').resume();
  setTimeout(() => flowing.on('data', (data) => log('flowing', data)), 30);
  flowing.on('end', () => log('flowing end', flowing.bytesRead));
  const waiting = net.connect(port, '127.0.0.1');
  waiting.on('close', () => log('waiting close', waiting.bytesRead));
  setTimeout(() => {
    log('bytes', flowing.bytesRead, waiting.bytesRead);
    let text = '';
    waiting.on('data', (data) => { text += data; }).on('end', () => log('waiting end', text));
  }, 120);
});
