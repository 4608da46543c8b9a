'use strict';
// `import` gives the same net as `require`, by name and as the default.
// whole surface
const net = require('net');
const { log } = require('./support/trace.js');

Promise.all([import('net'), import('node:net')]).then(([first, second]) => {
  log(first.default === net, second.default === net, first.Socket === net.Socket, second.createServer === net.createServer);
  const server = second.createServer((socket) => socket.end('imported'));
  server.listen(0, '127.0.0.1', () => {
    const client = first.connect(server.address().port, '127.0.0.1');
    client.on('data', (data) => log(data, client instanceof net.Socket));
    client.on('close', () => server.close(() => log('close')));
  });
});
