'use strict';
// whole surface
// Reading into one's own buffer: no data events, false pauses, resume goes on.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end('0123456789abcdefghij'));
serve(server, (port) => {
  const buffer = Buffer.alloc(8);
  let reads = 0;
  const client = net.connect({ port, host: '127.0.0.1', onread: {
    buffer,
    callback(count, where) {
      log('read', count, where === buffer, where.toString('latin1', 0, count), this === client);
      if (++reads === 2) {
        setTimeout(() => {
          log('resume', client.bytesRead);
          client.resume();
        }, 30);
        return false;
      }
      return true;
    },
  } });
  follow('client', client, ['connect', 'data', 'end', 'finish', 'close']);
  client.on('close', () => {
    log(client.bytesRead);
    server.close();
  });
});
