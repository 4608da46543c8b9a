'use strict';
// A client that hangs up in the middle of an answer.
// whole surface
const http = require('http');
const net = require('net');
const { log, serve } = require('../support/trace.js');

const web = http.createServer((request, response) => {
  response.write('beginning');
  response.on('close', () => {
    log('response closed', response.writableEnded);
    server.close(() => log('closed'));
  });
});
const server = net.createServer((socket) => web.emit('connection', socket));
serve(server, (port) => {
  const request = http.get({ createConnection: () => net.connect(port, '127.0.0.1'), host: '127.0.0.1', port }, (response) => {
    response.once('data', (data) => {
      log('data', data);
      request.destroy();
    });
    response.on('error', (error) => log('response', error.code));
  });
  request.on('error', (error) => log('request', error.code));
});
