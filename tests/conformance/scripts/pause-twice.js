'use strict';
// pause and resume tell once for each change.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.resume());
serve(server, (port) => {
  const client = follow('client', net.connect(port, '127.0.0.1'), ['pause', 'resume', 'close']);
  client.on('connect', () => {
    client.pause();
    client.pause();
    client.resume();
    client.resume();
    log('turned', client.isPaused());
    setTimeout(() => {
      client.resume().pause().resume();
      setTimeout(() => {
        client.destroy();
        server.close();
      }, 20);
    }, 20);
  });
});
