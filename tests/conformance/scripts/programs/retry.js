'use strict';
// A client that comes before its server: it tries again, with more and more patience.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const probe = net.createServer();
serve(probe, (port) => probe.close(() => {
  let tries = 0;
  const attempt = () => {
    const client = net.connect(port, '127.0.0.1');
    client.on('error', (error) => log('try', ++tries, error.code));
    client.on('connect', () => log('connected after', tries));
    client.on('data', (data) => log('data', data));
    client.on('close', (failed) => {
      if (!failed)
        return;
      if (tries === 3)
        late.listen(port, '127.0.0.1', attempt);
      else
        setTimeout(attempt, 10 << tries);
    });
  };
  const late = net.createServer((socket) => {
    socket.end('at last');
    late.close();
  });
  attempt();
}));
