'use strict';
// The server stops in the middle of its work: nobody new is let in, everyone inside is served.
const net = require('net');
const { log, serve } = require('../support/trace.js');

let served = 0;
let inside = 0;
const server = net.createServer((socket) => {
  if (++inside === 20)
    setTimeout(stop, 5);
  socket.on('data', (data) => setTimeout(() => {
    served++;
    socket.end(data);
  }, 30));
});
let answered = 0;
function stop() {
  const { port } = server.address();
  server.close(() => log('closed', served, answered <= 20));
  log('closing', server.listening);
  setTimeout(() => net.connect(port, '127.0.0.1').on('error', (error) => log('late', error.code)), 5);
}
serve(server, (port) => {
  for (let i = 0; i < 20; i++) {
    const client = net.connect(port, '127.0.0.1', () => client.write(`request ${i}`));
    client.on('data', () => { answered++; });
  }
});
