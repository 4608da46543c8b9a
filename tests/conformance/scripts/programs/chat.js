'use strict';
// A chat room: everyone hears everyone else, and the last to leave closes the room.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const room = new Set();
const server = net.createServer((socket) => {
  socket.setEncoding('utf8');
  let name = '';
  room.add(socket);
  socket.on('data', (text) => {
    for (const line of text.split('\n').filter(Boolean)) {
      if (!name) {
        name = line;
        socket.write('welcome\n');
        continue;
      }
      for (const other of room)
        if (other !== socket)
          other.write(`${name}: ${line}\n`);
    }
  });
  socket.on('end', () => {
    room.delete(socket);
    if (room.size === 0)
      server.close(() => log('the room is closed'));
  });
});
serve(server, (port) => {
  const join = (name, then) => {
    const client = net.connect(port, '127.0.0.1', () => client.write(`${name}\n`));
    client.heard = '';
    client.setEncoding('utf8').on('data', (text) => {
      const first = client.heard === '';
      client.heard += text;
      if (first)
        then(client);
    });
    client.on('close', () => log(name, 'heard', client.heard.replaceAll('\n', ', ')));
  };
  join('ann', (ann) => join('bob', (bob) => {
    ann.write('hello\n');
    setTimeout(() => bob.write('hi ann\n'), 30);
    setTimeout(() => ann.end('bye\n'), 60);
    setTimeout(() => bob.end(), 120);
  }));
});
