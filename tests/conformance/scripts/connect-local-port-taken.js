'use strict';
// A local port that somebody listens on.
const net = require('net');
const { follow, hide, log, serve } = require('./support/trace.js');

const taken = net.createServer();
const server = net.createServer(() => log('never'));
serve(taken, (localPort) => {
  hide(localPort, 'taken');
  server.listen(0, '127.0.0.1', () => {
    const client = net.connect({ port: server.address().port, host: '127.0.0.1', localAddress: '127.0.0.1',
                                 localPort });
    follow('client', client);
    client.on('close', () => {
      server.close();
      taken.close();
    });
  });
});
