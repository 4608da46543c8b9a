'use strict';
// Requests are lines, cut anywhere; answers come in order.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const server = net.createServer((socket) => {
  let rest = '';
  socket.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\r\n');
    rest = lines.pop();
    for (const line of lines) {
      const [word, ...numbers] = line.split(' ');
      const result = { ADD: () => numbers.reduce((a, b) => a + +b, 0), LEN: () => numbers.length, QUIT: () => 'bye' }[word]?.();
      socket.write(`${result ?? 'ERROR'}\r\n`);
      if (word === 'QUIT')
        socket.end();
    }
  });
});
serve(server, (port) => {
  const script = Buffer.from('ADD 1 2 3\r\nLEN a b\r\nNONSENSE\r\nADD 40 2\r\nQUIT\r\n');
  const client = net.connect(port, '127.0.0.1', () => {
    client.setNoDelay(true);
    for (const byte of script)
      client.write(Buffer.from([byte]));
  });
  let answers = '';
  client.setEncoding('utf8').on('data', (text) => { answers += text; });
  client.on('close', () => {
    log(answers.trim().split('\r\n'));
    server.close();
  });
});
