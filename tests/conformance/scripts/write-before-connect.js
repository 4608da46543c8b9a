'use strict';
// What is written before the connection counts at once, leaves in order, and is called back after connect.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  let text = '';
  socket.setEncoding('utf8').on('data', (data) => { text += data; });
  socket.on('end', () => log('received', text));
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1', () => log('connect', client.bytesWritten));
  log(client.write('one ', () => log('one', client.bytesWritten)), client.bytesWritten);
  log(client.write('zwei ä ', 'latin1', () => log('two')), client.bytesWritten);
  log(client.write('74687265652e', 'hex', () => log('three')), client.bytesWritten);
  client.on('ready', () => {
    log('ready');
    client.write(' four', () => log('four'));
    client.end();
  });
  client.resume().on('close', () => {
    log('close', client.bytesWritten);
    server.close();
  });
});
