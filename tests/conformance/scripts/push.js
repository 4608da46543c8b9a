'use strict';
// whole surface
// Bytes that come from elsewhere, as if the peer had sent them; and their end.
const { EventEmitter } = require('events');
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.on('error', () => {}));

function client(name, then) {
  const socket = net.connect(server.address().port, '127.0.0.1', () => then(socket));
  follow(name, socket, ['data', 'end', 'error', 'close']);
  return socket;
}

function flowing(next) {
  client('flowing', (socket) => {
    log('pushed', socket.push('one'), socket.push(Buffer.from('two')), socket.push('c2l4', 'base64'), socket.bytesRead);
    log('the end', socket.push(null));
  }).on('close', next);
}

function paused(next) {
  client('paused', (socket) => {
    socket.pause();
    log('pushed', socket.push('one'), socket.push('x'.repeat(socket.readableHighWaterMark)), socket.readableLength > 3);
    log('read', String(socket.read(3)));
    socket.push(null);
    socket.resume();
  }).on('close', next);
}

function afterTheEnd(next) {
  client('late', (socket) => {
    socket.push(null);
    log('pushed', socket.push('late'));
  }).on('close', next);
}

function wrapped(next) {
  const old = new EventEmitter();
  old.pause = () => log('paused');
  old.resume = () => log('resumed');
  client('wrapped', (socket) => {
    socket.wrap(old);
    old.emit('data', 'old');
    old.emit('end');
  }).on('close', next);
}

serve(server, () => flowing(() => paused(() => afterTheEnd(() => wrapped(() => server.close())))));
