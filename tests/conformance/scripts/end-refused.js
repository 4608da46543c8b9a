'use strict';
// Bytes that end() can't send: after our own end and the peer's, and without a connection.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const state = (socket) => [socket.writableEnded, socket.writableFinished, socket.destroyed].join(' ');

const server = net.createServer((socket) => socket.resume().end());
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1').resume();
  client.once('close', () => {
    follow('over', client, ['error']);
    client.write('x', (error) => log('write', error.code));
    client.end('y', (error) => log('end', error.code));
    setImmediate(unconnected);
  });
});

function unconnected() {
  const fresh = new net.Socket();
  follow('fresh', fresh, ['error', 'finish']);
  fresh.end('x', (error) => log('end', error.code, state(fresh)));
  log('called', state(fresh));
  fresh.on('close', () => {
    log('close', state(fresh));
    server.close();
  });
}
