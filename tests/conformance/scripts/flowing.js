'use strict';
// What readableFlowing says of a life, and the events of pausing.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.write('x'));
serve(server, (port) => {
  const client = follow('client', net.connect(port, '127.0.0.1'), ['pause', 'resume', 'end', 'close']);
  const say = (when) => log(when, client.readableFlowing, client.isPaused());
  say('at first');
  client.on('connect', () => {
    say('connect');
    client.pause();
    say('paused');
    client.on('data', (data) => log('data', data));
    say('listening');
    client.resume();
    say('resumed');
    client.pause();
    client.resume();
    say('again');
    setTimeout(() => {
      say('later');
      client.destroy();
      server.close();
      say('destroyed');
    }, 30);
  });
});
