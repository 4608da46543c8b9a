'use strict';
// Destroyed before the connection was there: at once, after a tick, with an error, with something written.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.on('error', () => {}).resume());
const usual = ['connect', 'ready', 'error', 'close'];
serve(server, (port) => {
  const connect = (name) => follow(name, net.connect(port, '127.0.0.1'), usual);
  connect('at once').destroy();
  const tick = connect('after a tick');
  process.nextTick(() => tick.destroy());
  const reason = connect('with an error');
  reason.destroy(new Error('no'));
  const writing = connect('writing');
  writing.write('one', (error) => log('one', error));
  writing.write('two', (error) => log('two', error));
  writing.destroy();
  log(writing.destroyed, writing.connecting, writing.pending);
  setTimeout(() => server.close(), 50);
});
