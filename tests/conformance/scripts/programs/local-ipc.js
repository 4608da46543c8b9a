'use strict';
// Messages between processes of one machine, on a path.
const net = require('net');
const { localPath, log } = require('../support/trace.js');

const server = net.createServer((socket) => {
  socket.setEncoding('utf8').on('data', (text) => socket.write(text.length + ';'));
});
server.listen(localPath(), () => {
  const client = net.connect(server.address());
  const words = ['a', 'bc', 'def'];
  const answers = [];
  client.on('connect', () => client.write(words.shift()));
  client.on('data', (data) => {
    answers.push(String(data));
    words.length ? client.write(words.shift()) : client.end();
  });
  client.on('close', () => {
    log(answers);
    server.close(() => log(require('fs').existsSync(server.address() ?? '')));
  });
});
