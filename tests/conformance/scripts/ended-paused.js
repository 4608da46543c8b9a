'use strict';
// Who was paused from the beginning keeps no program once it has said what it had to say.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer({ pauseOnConnect: true }, (socket) => {
  socket.on('finish', () => log('finish')).on('close', () => log('never'));
  setImmediate(() => socket.end('x'));
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  client.resume().on('close', (failed) => {
    log('close', failed);
    server.close();
  });
});
