'use strict';
// whole surface
// A connection in a message: the other process goes on with it, this one hears no more of it, but counts it.
const { fork } = require('child_process');
const net = require('net');
const { log, serve } = require('./support/trace.js');

if (process.argv[2]) {
  process.on('message', (message, socket) => {
    socket.on('data', (data) => socket.write(`child ${socket instanceof net.Socket}: ${data}`));
    socket.on('end', () => process.disconnect());
    process.send('ready');
  });
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    socket.on('close', () => log('close in the parent'));
    child.send('take it', socket);
  });
  serve(server, (port) => {
    const client = net.connect(port, '127.0.0.1');
    child.on('message', () => {
      server.getConnections((error, count) => {
        log('counted', error, count);
        client.write('hello');
      });
    });
    client.once('data', (data) => {
      log(data);
      client.end();
    });
    client.on('close', (failed) => {
      log('close', failed);
      server.close(() => log('server close'));
    });
  });
}
