'use strict';
// An abstract path has no file whose mode could be opened to all.
const net = require('net');
const { describe, log } = require('./support/trace.js');

for (const options of [{ readableAll: true }, { writableAll: true }]) {
  try {
    net.createServer().listen({ path: '\0abstract-for-all', ...options });
  } catch (error) {
    log(error.name, error.code, /can not set readableAll or writableAll/.test(error.message));
  }
}
const server = net.createServer();
server.on('listening', () => {
  log('listening', JSON.stringify(server.address()).startsWith('"\\u0000abstract-for-all'));
  server.close((error) => log('close', error === undefined ? 'well' : describe(error)));
});
server.listen({ path: '\0abstract-for-all', readableAll: false });
