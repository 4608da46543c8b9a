'use strict';
// whole surface
// What node:diagnostics_channel tells of listen(): its beginning, its end, and why it has failed.
const net = require('net');
const { tracingChannel } = require('diagnostics_channel');
const { log } = require('./support/trace.js');

tracingChannel('net.server.listen').subscribe({
  asyncStart: ({ server, options }) => log('start', server instanceof net.Server, options.own),
  asyncEnd: ({ server }) => log('end', server.listening),
  error: ({ server, error }) => log('error', server.listening, error.code),
});

const first = net.createServer();
first.listen({ port: 0, host: '127.0.0.1', own: 'one' });
const look = () => {
  if (!first.listening) {
    setImmediate(look);
    return;
  }
  const second = net.createServer();
  second.on('error', (error) => {
    log('told', error.code);
    first.close();
  });
  second.listen({ port: first.address().port, host: '127.0.0.1', own: 'two' });
};
look();
