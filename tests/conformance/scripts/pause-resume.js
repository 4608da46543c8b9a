'use strict';
// Nothing flows while paused; what has come meanwhile comes on resume.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  socket.write('one');
  setTimeout(() => socket.end('two'), 30);
});
serve(server, (port) => {
  const client = follow('client', net.connect(port, '127.0.0.1'), ['pause', 'resume', 'end', 'close']);
  let text = '';
  client.on('data', (data) => { text += data; });
  client.once('data', () => {
    log('data', text, client.isPaused());
    client.pause();
    log('paused', client.isPaused());
    setTimeout(() => {
      log('still', text, client.isPaused(), client.readableFlowing);
      client.resume();
      log('resumed', text, client.isPaused());
      process.nextTick(() => log('tick', text));
    }, 100);
  });
  client.on('close', () => server.close());
});
