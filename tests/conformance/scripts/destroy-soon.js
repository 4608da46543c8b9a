'use strict';
// destroySoon: everything is written first.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let bytes = 0;
  socket.on('data', (data) => { bytes += data.length; });
  socket.on('end', () => {
    log('received', bytes);
    socket.end();
  });
});
serve(server, (port) => {
  const client = follow('client', net.connect(port, '127.0.0.1'), ['finish', 'end', 'error', 'close']);
  client.on('connect', () => {
    client.write(Buffer.alloc(4 << 20), (error) => log('written', error));
    client.destroySoon();
    log(client.destroyed, client.writable);
  });
  client.on('close', () => server.close(() => log('closed')));
});
