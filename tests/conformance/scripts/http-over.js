'use strict';
// whole surface
// Node's http, client and server, on connections of this net.
const http = require('http');
const net = require('net');
const { log, serve } = require('./support/trace.js');

const web = http.createServer((request, response) => {
  let body = '';
  request.on('data', (data) => { body += data; });
  request.on('end', () => {
    log('request', request.method, request.url, body);
    response.setHeader('X-Answer', '42');
    response.end(`you said ${body}`);
  });
});
web.on('upgrade', (request, socket, head) => {
  log('upgrade', request.headers.upgrade, head.length);
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
  socket.on('data', (data) => socket.write(data));
  socket.on('end', () => socket.end());
});
const server = net.createServer((socket) => web.emit('connection', socket));
serve(server, (port) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  agent.createConnection = (options) => net.connect({ port, host: '127.0.0.1' });
  const ask = (method, path, text, then) => {
    const request = http.request({ method, path, agent, host: '127.0.0.1', port }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (data) => { body += data; });
      response.on('end', () => {
        log('response', response.statusCode, response.headers['x-answer'], body);
        setImmediate(then);
      });
    });
    request.end(text);
  };
  ask('POST', '/one', 'hello', () => ask('POST', '/two', 'x'.repeat(50), () => ask('GET', '/three', '', () => {
    agent.destroy();
    const request = http.request({ createConnection: () => net.connect(port, '127.0.0.1'), host: '127.0.0.1', port,
                                   headers: { Connection: 'Upgrade', Upgrade: 'echo' } });
    request.on('upgrade', (response, socket, head) => {
      log('upgraded', response.statusCode, head.length);
      socket.on('data', (data) => {
        log('echo', data);
        socket.end();
      });
      socket.on('close', () => server.close(() => log('closed')));
      socket.write('over the wire');
    });
    request.end();
  })));
});
