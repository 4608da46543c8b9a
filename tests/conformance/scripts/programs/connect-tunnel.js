'use strict';
// HTTP CONNECT: the web server hands the connection over to whoever tunnels.
// whole surface
const http = require('http');
const net = require('net');
const { log, serve } = require('../support/trace.js');

const echo = net.createServer((socket) => socket.on('data', (data) => socket.end(data)));
echo.listen(0, '127.0.0.1', () => {
  const web = http.createServer();
  web.on('connect', (request, socket, head) => {
    const inner = net.connect(echo.address().port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      inner.write(head);
      inner.pipe(socket);
      socket.pipe(inner);
    });
  });
  const server = net.createServer((socket) => web.emit('connection', socket));
  serve(server, (port) => {
    const request = http.request({ createConnection: () => net.connect(port, '127.0.0.1'), host: '127.0.0.1', port, method: 'CONNECT', path: 'x:1' });
    request.on('connect', (response, socket, head) => {
      log(response.statusCode, head.length);
      let text = '';
      socket.on('data', (data) => { text += data; });
      socket.on('close', () => {
        log(text);
        server.close();
        echo.close();
      });
      socket.write('through the tunnel');
    });
    request.end();
  });
});
