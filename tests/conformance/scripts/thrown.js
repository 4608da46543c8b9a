'use strict';
// whole surface
// An exception in a listener is uncaught, and the connection goes on; inside a call it reaches the caller.
const net = require('net');
const { log, serve } = require('./support/trace.js');

process.on('uncaughtException', (error) => log('uncaught', error.message));
const server = net.createServer((socket) => {
  socket.end('data');
  throw new Error('in connection');
});

// What is thrown need not be an error.
function caught(port, done) {
  const client = net.connect(port, '127.0.0.1');
  client.on('data', () => { throw 'just a text'; });
  client.on('readable', () => {
    try {
      client.read();
    } catch (thrown) {
      log('caught', typeof thrown, thrown);
    }
  });
  client.on('end', () => log('end')).on('close', (failed) => {
    log('close', failed);
    done();
  });
}

serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => log('connected'));
  client.on('data', () => { throw new Error('in data'); });
  client.on('end', () => log('end'));
  client.on('close', () => {
    caught(port, () => server.close(() => { throw new Error('in closed'); }));
    throw new Error('in close');
  });
});
