// A client on Node's own net: sends 4 MiB, ends its side, and says what happens. node client.js '{"port":8124}'
'use strict';
const crypto = require('crypto');
const net = require('net');

const sent = crypto.randomBytes(4 << 20);
const received = [];
const socket = net.connect({ ...JSON.parse(process.argv[2]), allowHalfOpen: true });
socket.setTimeout(20000, () => socket.destroy(new Error('nothing happened for 20 seconds')));
for (const event of ['connect', 'ready', 'finish']) {
  socket.on(event, () => console.log(event));
}
socket.on('data', (bytes) => received.push(bytes));
socket.on('end', () => {
  const all = Buffer.concat(received);
  console.log(`${all.length} bytes back, ${all.equals(sent) ? 'the same' : 'not the same'}`);
  console.log('end');
});
socket.on('close', (hadError) => console.log(`close ${hadError}`));
socket.on('error', (error) => { console.error(error.message); process.exitCode = 1; });
socket.end(sent);
