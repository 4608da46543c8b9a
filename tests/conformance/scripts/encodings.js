'use strict';
// Each encoding, byte by byte: characters are never split.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const texts = { utf8: 'aé€𝄞z', utf16le: 'aé€𝄞z', latin1: 'aé\u00FF', ascii: 'plain', hex: '00ff7f', base64: 'AQIDBA==',
                base64url: '_-8B', binary: 'é', ucs2: 'né' };
const encodings = Object.keys(texts);
const server = net.createServer((socket) => {
  const encoding = encodings[0];
  const bytes = Buffer.from(texts[encoding], encoding);
  let i = 0;
  const next = () => (i < bytes.length ? socket.write(bytes.subarray(i, ++i), () => setTimeout(next, 3)) : socket.end());
  next();
});
serve(server, (port) => {
  const round = () => {
    const encoding = encodings[0];
    if (!encoding)
      return server.close();
    const client = net.connect(port, '127.0.0.1').setEncoding(encoding);
    let text = '';
    client.on('data', (piece) => {
      if (typeof piece !== 'string' || piece === '')
        log('not a piece', piece);
      text += piece;
    });
    client.on('end', () => log(encoding, Buffer.from(text, 'utf8').toString('hex')));
    client.on('close', () => {
      encodings.shift();
      round();
    });
  };
  round();
});
