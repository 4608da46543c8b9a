'use strict';
// Text is written in the encoding that is named, the odd cases included.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const writes = [['aé€𝄞', 'utf8'], ['\ud800x\udc00', 'utf8'], ['aé€𝄞', 'utf16le'], ['aé€', 'latin1'], ['aé€', 'ascii'],
                ['00ff7fzz00', 'hex'], ['abc', 'hex'], ['AQID BA==', 'base64'], ['AQIDB', 'base64'], ['_-8B', 'base64'],
                ['+/8B', 'base64url'], ['é', 'binary'], ['é', 'UCS-2'], ['x', 'UTF-8']];
const server = net.createServer((socket) => {
  const chunks = [];
  socket.on('data', (data) => chunks.push(data));
  socket.on('end', () => log(writes[0][1], Buffer.concat(chunks).toString('hex')));
});
serve(server, (port) => {
  const round = () => {
    if (!writes.length)
      return server.close();
    const client = net.connect(port, '127.0.0.1', () => {
      client.write(...writes[0]);
      log(client.bytesWritten);
      client.end();
    });
    client.resume().on('close', () => {
      writes.shift();
      setTimeout(round, 10);
    });
  };
  round();
});
