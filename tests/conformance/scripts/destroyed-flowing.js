'use strict';
// whole surface
// What was read before a listener destroys the socket is still delivered.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.write('there');
});

function play(name, error, then) {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.once('readable', () => {
    const bytes = client.read();
    client.unshift(bytes.subarray(3));
    client.unshift(bytes.subarray(1, 3));
    client.unshift(bytes.subarray(0, 1));
    follow(name, client, ['error', 'end']);
    client.on('data', (data) => {
      log(name, String(data));
      if (!client.destroyed)
        client.destroy(error);
    });
    client.on('close', (failed) => {
      log(name, 'close', failed);
      then();
    });
  });
}

serve(server, () => play('calm', undefined, () => play('failed', new Error('enough'), () => server.close())));
