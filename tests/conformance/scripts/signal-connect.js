'use strict';
// whole surface
// A signal aborts: while connecting, when open, and what was aborted before.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.resume().on('error', () => {}));
serve(server, (port) => {
  const events = ['connect', 'ready', 'end', 'close'];
  const attempt = (name, then) => {
    const controller = new AbortController();
    const client = follow(name, net.connect({ port, host: '127.0.0.1', signal: controller.signal }), events);
    client.on('error', (error) => log(name, error.name, error.code, error.message, error.cause?.name));
    client.on('close', then);
    return [controller, client];
  };
  const [first] = attempt('connecting', () => {
    const [second, client] = attempt('open', () => {
      const done = new net.Socket({ signal: AbortSignal.abort() });
      done.on('error', (error) => log('before', error.name, error.code)).on('close', () => {
        log('before close');
        server.close(() => log('closed'));
      });
    });
    client.on('connect', () => setTimeout(() => second.abort(), 20));
  });
  first.abort();
});
