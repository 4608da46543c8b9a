'use strict';
// A thousand requests before the first answer; a length in front of each message.
const net = require('net');
const { log, serve } = require('../support/trace.js');

function frames(socket, each) {
  let rest = Buffer.alloc(0);
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE()) {
      const size = rest.readUInt32BE();
      each(rest.subarray(4, 4 + size));
      rest = rest.subarray(4 + size);
    }
  });
}
function send(socket, text) {
  const body = Buffer.from(text);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  socket.write(head);
  return socket.write(body);
}
const server = net.createServer((socket) => {
  frames(socket, (body) => send(socket, `${body}!`));
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  const count = 1000;
  let next = 0;
  frames(client, (body) => {
    if (String(body) !== `request ${next}!`)
      log('out of order', next, body);
    if (++next === count)
      client.end();
  });
  for (let i = 0; i < count; i++)
    send(client, `request ${i}`);
  client.on('close', () => {
    log('answers', next);
    server.close();
  });
});
