'use strict';
// close() of a server without connections: in the next tick; of one that is not open: an error to the callback.
const net = require('net');
const { follow, log } = require('./support/trace.js');

const server = follow('server', net.createServer());
server.listen(0, () => {
  server.close((error) => {
    log('first', error);
    server.close((again) => {
      log('second', again);
      const never = net.createServer();
      never.on('close', () => log('never opened: close'));
      never.close((last) => log('third', last));
    });
  });
  process.nextTick(() => log('tick'));
  setImmediate(() => log('immediate'));
  log('called');
});
