'use strict';
// whole surface
// A listening server in a message: the other process answers on its port.
const { fork } = require('child_process');
const net = require('net');
const { hide, log } = require('./support/trace.js');

if (process.argv[2]) {
  process.on('message', (message, server) => {
    server.on('connection', (socket) => {
      socket.end(`from the child, ${server instanceof net.Server}, ${server.listening}`);
      server.close();
      process.disconnect();
    });
    process.send('ready');
  });
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer(() => log('connection in the parent'));
  server.listen(0, '127.0.0.1', () => {
    const port = hide(server.address().port, 'port');
    child.send('take it', server, (error) => log('sent', error));
    child.on('message', (message) => {
      log(message);
      server.close();
      const client = net.connect(port, '127.0.0.1');
      client.on('data', (data) => log(data));
      client.on('close', (failed) => log('close', failed));
    });
  });
  child.on('exit', (status) => log('child', status));
}
