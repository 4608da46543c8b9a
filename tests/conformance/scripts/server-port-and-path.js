'use strict';
// With both, the port is taken; a port may be a string; what is no port is refused.
const net = require('net');
const { describe, localPath, log } = require('./support/trace.js');

const server = net.createServer();
server.listen({ port: '0', path: localPath(), host: '127.0.0.1', backlog: 3 }, () => {
  log(server.address().address, server.address().port > 0);
  server.close();
});
for (const options of [{ port: -1 }, { port: 65536 }, { port: 'x' }, {}, { path: 0 }, { port: 1.5 }, { host: 'x' }]) {
  try {
    net.createServer().listen(options);
  } catch (error) {
    log(JSON.stringify(options), describe(error));
  }
}
for (const args of [[-1], [65536], [1.5], [NaN]]) {
  try {
    net.connect(...args);
  } catch (error) {
    log(String(args), describe(error));
  }
}
