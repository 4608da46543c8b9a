'use strict';
// Node's web server behind our connections: chunks, keep-alive, a hundred requests.
// whole surface
const http = require('http');
const net = require('net');
const { log, serve } = require('../support/trace.js');

const web = http.createServer((request, response) => {
  for (let i = 0; i < 5; i++)
    response.write(`part ${i} of ${request.url};`);
  response.end();
});
const server = net.createServer((socket) => web.emit('connection', socket));
serve(server, (port) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  agent.createConnection = () => net.connect(port, '127.0.0.1');
  let done = 0;
  let bytes = 0;
  for (let i = 0; i < 100; i++) {
    http.get({ agent, host: '127.0.0.1', port, path: `/${i}` }, (response) => {
      response.on('data', (data) => { bytes += data.length; });
      response.on('end', () => {
        if (++done < 100)
          return;
        log(done, bytes);
        setImmediate(() => {
          agent.destroy();
          server.close(() => log('closed'));
        });
      });
    });
  }
});
