'use strict';
// A port that is taken, and the classic answer: wait, try again.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const first = net.createServer();
serve(first, (port) => {
  const second = net.createServer();
  let tries = 0;
  second.on('error', (error) => {
    log('error', error, second.listening);
    if (++tries === 2)
      first.close();
    setTimeout(() => second.listen(port, '127.0.0.1'), 30);
  });
  second.on('listening', () => {
    log('listening', tries, second.listening);
    second.close(() => log('closed'));
  });
  second.listen(port, '127.0.0.1');
  log('called', second.listening);
});
