'use strict';
// whole surface
// Streams of other kinds at either end of a pipe.
const net = require('net');
const { PassThrough, Readable, Transform } = require('stream');
const { log, serve } = require('./support/trace.js');

const upper = () => new Transform({ transform(chunk, encoding, done) { done(null, chunk.toString().toUpperCase()); } });
const server = net.createServer((socket) => socket.pipe(upper()).pipe(socket));
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  const sink = new PassThrough();
  sink.on('pipe', (source) => log('pipe', source === client));
  sink.on('unpipe', (source) => log('unpipe', source === client));
  Readable.from(['one ', 'two ', 'three']).pipe(client);
  let text = '';
  client.pipe(sink).on('data', (data) => { text += data; }).on('end', () => log('sink', text));
  client.on('close', (failed) => {
    log('close', failed, client.bytesRead, client.bytesWritten);
    server.close();
  });
});
