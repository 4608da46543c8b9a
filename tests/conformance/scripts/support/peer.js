'use strict';
// The other end of a mixed pair: echoes as a server, or asks as a client, and says what it saw on its output.
const net = require('net');

const [role, where] = process.argv.slice(2);
const options = JSON.parse(where);

if (role === 'server') {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    let bytes = 0;
    socket.on('data', (data) => { bytes += data.length; });
    socket.on('error', (error) => console.log('peer error', error.code));
    socket.pipe(socket);
    socket.on('close', (failed) => {
      console.log('peer close', bytes, failed);
      server.close();
    });
  });
  server.listen(options, () => process.send({ at: server.address() }));
} else {
  const client = net.connect(options, () => {
    client.write('from the peer ');
    client.end(Buffer.alloc(300000, 'p'));
  });
  let bytes = 0;
  client.on('data', (data) => { bytes += data.length; });
  client.on('error', (error) => console.log('peer error', error.code));
  client.on('close', (failed) => console.log('peer close', bytes, client.bytesWritten, failed));
}
process.on('message', () => {});
process.channel?.unref();
