'use strict';
// whole surface
// Text taken by read() and by iteration: no character is split, however its bytes come, and read(n) counts characters.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  const bytes = Buffer.from('a€b𝄞c');
  let i = 0;
  const next = () => (i < bytes.length ? socket.write(bytes.subarray(i, ++i), () => setTimeout(next, 3)) : socket.end());
  next();
});
serve(server, async (port) => {
  for (const encoding of ['utf8', 'utf16le', 'base64', 'base64url', 'hex', 'latin1']) {
    const byHand = net.connect(port, '127.0.0.1').setEncoding(encoding);
    let text = '';
    byHand.on('readable', () => {
      for (let piece; (piece = byHand.read()) !== null;)
        text += piece;
    });
    await new Promise((resolve) => byHand.on('end', resolve));
    log(encoding, Buffer.from(text, 'utf8').toString('hex'));
    text = '';
    for await (const piece of net.connect(port, '127.0.0.1').setEncoding(encoding))
      text += piece;
    log(encoding, Buffer.from(text, 'utf8').toString('hex'));
  }
  const counted = net.connect(port, '127.0.0.1').setEncoding('utf8');
  counted.on('readable', () => {
    for (let piece; (piece = counted.read(5)) !== null;)
      log('five', Buffer.from(piece, 'utf8').toString('hex'));
  });
  await new Promise((resolve) => counted.on('end', resolve));
  server.close();
});
