'use strict';
// A signal closes a listening server, and one that was aborted before keeps it from listening.
const net = require('net');
const { follow, log } = require('./support/trace.js');

const controller = new AbortController();
const server = follow('server', net.createServer(), ['listening', 'error', 'close']);
server.listen({ port: 0, host: '127.0.0.1', signal: controller.signal }, () => {
  controller.abort();
  log('aborted', server.listening, server.address());
});
server.on('close', () => {
  const late = follow('late', net.createServer(), ['listening', 'error', 'close']);
  late.listen({ port: 0, signal: AbortSignal.abort() });
  for (const signal of [5, {}, 'x']) {
    try {
      net.createServer().listen({ port: 0, signal }).close();
      log('taken');
    } catch (error) {
      log(error.name, error.code, error.message);
    }
  }
});
