'use strict';
// Through zlib and back, with stream.pipeline on both ends.
// whole surface
const { pipeline, Readable } = require('stream');
const zlib = require('zlib');
const net = require('net');
const { log, serve } = require('../support/trace.js');

const text = 'the same again and again. '.repeat(20000);
const server = net.createServer((socket) => {
  const unzip = zlib.createGunzip();
  let size = 0;
  unzip.on('data', (data) => { size += data.length; });
  pipeline(socket, unzip, (error) => {
    log('received', size, error ?? 'no error');
    server.close();
  });
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  pipeline(Readable.from([text]), zlib.createGzip(), client, (error) => log('sent', error ?? 'no error', client.bytesWritten < text.length));
});
