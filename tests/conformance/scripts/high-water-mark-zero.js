'use strict';
// With a mark of 0 everything waits, but the end of a silent peer is still found.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  server.close();
  socket.setEncoding('utf8').on('data', (text) => log('got', text)).on('end', () => log('end of the client'));
});
serve(server, (port) => {
  const client = new net.Socket({ highWaterMark: 0 });
  client.connect(port, '127.0.0.1');
  log(client.write('one', () => log('written', client.bytesWritten)), client.bytesWritten, client.writableNeedDrain);
  client.end('two');
  for (const event of ['drain', 'end', 'finish', 'close'])
    client.on(event, () => log(event));
});
