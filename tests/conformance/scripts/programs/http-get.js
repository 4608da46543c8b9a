'use strict';
// A web server by hand, asked by Node's own http.
const http = require('http');
const net = require('net');
const { log, serve } = require('../support/trace.js');

const server = net.createServer((socket) => {
  let head = '';
  socket.on('data', (data) => {
    head += data;
    if (head.includes('\r\n\r\n'))
      socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello`);
  });
});
serve(server, (port) => {
  http.get({ port, host: '127.0.0.1', path: '/x' }, (response) => {
    let body = '';
    response.on('data', (data) => { body += data; });
    response.on('end', () => {
      log(response.statusCode, body);
      server.close();
    });
  });
});
