'use strict';
// A small handshake decides where a tunnel leads; what came with it is put back.
// whole surface
const net = require('net');
const { log, serve } = require('../support/trace.js');

const target = net.createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
target.listen(0, '127.0.0.1', () => {
  const tunnel = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.once('data', (data) => {
      const end = data.indexOf('\n');
      socket.pause();
      const outward = net.connect({ port: Number(data.subarray(0, end)), host: '127.0.0.1', allowHalfOpen: true }, () => {
        socket.write('ok\n');
        if (end + 1 < data.length)
          socket.unshift(data.subarray(end + 1));
        socket.pipe(outward).pipe(socket);
      });
    });
  });
  serve(tunnel, (port) => {
    let text = '';
    const client = net.connect(port, '127.0.0.1', () => client.write(`${target.address().port}\nearly data`));
    client.on('data', (data) => {
      text += data;
      if (text.endsWith('early data'))
        client.end();
    });
    client.on('close', () => {
      log(text.replace('\n', ' '));
      tunnel.close();
      target.close();
    });
  });
});
