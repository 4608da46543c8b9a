'use strict';
// whole surface
// pipe and unpipe tell the destination; without end it stays open.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  socket.on('pipe', (source) => log('piped', source === socket));
  socket.on('unpipe', (source) => log('unpiped', source === socket));
  log(socket.pipe(socket) === socket);
});
serve(server, (port) => {
  const client = follow('client', net.connect(port, '127.0.0.1'), ['end', 'finish', 'close']);
  let text = '';
  client.on('data', (data) => { text += data; });
  client.end('echo this');
  client.on('close', () => {
    log(text);
    server.close();
  });
});
