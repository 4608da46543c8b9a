'use strict';
// whole surface
// A connection as a standard stream of another program.
const { spawn } = require('child_process');
const net = require('net');
const { log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => {
  const program = spawn(process.execPath, ['-p', '"said by the program"'], { stdio: ['ignore', socket, 'inherit'] });
  program.on('close', (status) => {
    log('program', status, socket.destroyed);
    socket.end('and by us');
  });
});
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1').setEncoding('utf8');
  let all = '';
  client.on('data', (text) => { all += text; });
  client.on('close', (failed) => {
    log(all, failed);
    server.close(() => log('server close'));
  });
});
