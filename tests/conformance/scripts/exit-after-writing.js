'use strict';
// A program that ends in the turn in which it has written: the peer gets all of it.
const { spawn } = require('child_process');
const net = require('net');
const { log, serve } = require('./support/trace.js');

const port = Number(process.argv[2]);
if (port) {
  const client = net.connect(port, '127.0.0.1', () => {
    for (const word of ['one ', 'two ', 'three'])
      client.write(word);
    process.exit();
  });
} else {
  const told = {};
  const tell = (what, value) => {
    told[what] = value;
    if ('heard' in told && 'status' in told) {
      log('heard', told.heard, 'exit', told.status);
      server.close();
    }
  };
  const server = net.createServer((socket) => {
    let text = '';
    socket.on('data', (data) => { text += data; });
    socket.on('end', () => tell('heard', text));
  });
  serve(server, (chosen) => {
    spawn(process.execPath, [__filename, String(chosen)], { stdio: 'inherit' }).on('exit', (status) => tell('status', status));
  });
}
