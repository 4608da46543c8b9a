'use strict';
// needs alone
// A name with one address is looked up; a literal is not.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end().resume());
serve(server, (port) => {
  follow('name', net.connect({ port, host: 'four.test' })).on('close', () => {
    follow('literal', net.connect({ port, host: '127.0.0.1' })).on('close', () => server.close()).resume();
  }).resume();
  log('called');
});
