'use strict';
// listen() on a server that listens is refused; after close it is not.
const net = require('net');
const { describe, log, serve } = require('./support/trace.js');

const server = net.createServer();
serve(server, () => {
  try {
    server.listen(0);
  } catch (error) {
    log(describe(error));
  }
  log(server.listening);
  server.close(() => {
    server.listen(0, () => {
      log('again', server.listening);
      server.close();
    });
  });
});
