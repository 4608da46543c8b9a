'use strict';
// Bytes that are no characters, and a character that is never finished.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const cases = [['utf8', [0x61, 0xff, 0xfe, 0x62]], ['utf8', [0x61, 0xe2, 0x82]], ['utf8', [0xe2, 0x28, 0xa1, 0x63]],
               ['utf8', [0xf0, 0x9f, 0x98]], ['utf8', [0xed, 0xa0, 0x80, 0x61]], ['utf8', [0xc0, 0x80]],
               ['utf8', [0xef, 0xbb, 0xbf, 0x61]], ['utf16le', [0x61, 0x00, 0x3d]], ['utf16le', [0x3d, 0xd8]],
               ['ascii', [0x61, 0xe9, 0x80]], ['base64', [1]], ['base64', [1, 2]], ['base64url', [0xfb, 0xff]],
               ['hex', [0xab]]];
const server = net.createServer((socket) => socket.end(Buffer.from(cases[0][1])));
serve(server, (port) => {
  const round = () => {
    if (!cases.length)
      return server.close();
    const [encoding] = cases[0];
    const client = net.connect(port, '127.0.0.1').setEncoding(encoding);
    const pieces = [];
    client.on('data', (piece) => pieces.push(Buffer.from(piece, 'utf16le').toString('hex')));
    client.on('close', () => {
      log(encoding, pieces);
      cases.shift();
      round();
    });
  };
  round();
});
