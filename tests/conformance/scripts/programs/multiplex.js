'use strict';
// Four channels over one connection.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const server = net.createServer((socket) => {
  let rest = Buffer.alloc(0);
  const totals = [0, 0, 0, 0];
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 3 && rest.length >= 3 + rest.readUInt16LE(1)) {
      const size = rest.readUInt16LE(1);
      totals[rest[0]] += size;
      rest = rest.subarray(3 + size);
    }
  });
  socket.on('end', () => socket.end(JSON.stringify(totals)));
});
serve(server, (port) => {
  const client = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  for (let i = 0; i < 200; i++) {
    const frame = Buffer.alloc(3 + i, i);
    frame[0] = i % 4;
    frame.writeUInt16LE(i, 1);
    client.write(frame);
  }
  client.end();
  client.on('data', (data) => log(data));
  client.on('close', () => server.close());
});
