'use strict';
// timeout after nothing has happened; it comes again after activity, and the socket stays open.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.on('error', () => {}).resume());
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => {
    follow('client', client, ['timeout', 'end', 'close']);
    let count = 0;
    client.setTimeout(40, () => log('callback'));
    log(client.timeout);
    client.on('timeout', () => {
      log('open', client.readyState);
      if (++count === 1)
        client.write('x');
      else
        client.destroy();
    });
    client.on('close', () => {
      log('close');
      server.close();
    });
  });
});
