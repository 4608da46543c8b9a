'use strict';
// A local socket can't be reset.
const net = require('net');
const { follow, localPath, log } = require('./support/trace.js');

const server = net.createServer((socket) => socket.resume());
server.listen(localPath(), () => {
  const client = follow('client', net.connect(server.address()), ['connect', 'error', 'close']);
  client.on('connect', () => {
    try {
      client.resetAndDestroy();
    } catch (error) {
      log(error);
    }
    log(client.destroyed);
    setTimeout(() => {
      client.destroy();
      server.close();
    }, 30);
  });
});
