'use strict';
// A large body uphill, with 'expect: 100-continue'.
// whole surface
const http = require('http');
const net = require('net');
const { log, serve } = require('../support/trace.js');

const web = http.createServer((request, response) => {
  let bytes = 0;
  request.on('data', (data) => { bytes += data.length; });
  request.on('end', () => response.end(String(bytes)));
});
const server = net.createServer((socket) => web.emit('connection', socket));
serve(server, (port) => {
  const request = http.request({ createConnection: () => net.connect(port, '127.0.0.1'), host: '127.0.0.1', port, method: 'PUT',
                                 headers: { Expect: '100-continue' } });
  request.on('continue', () => {
    log('continue');
    request.end(Buffer.alloc(2_000_000, 'b'));
  });
  request.on('response', (response) => response.on('data', (data) => log('answer', data)).on('end', () => server.close(() => log('closed'))));
  request.flushHeaders();
});
