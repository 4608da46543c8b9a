'use strict';
// A path that a dead server has left behind is removed and taken.
const fs = require('fs');
const { fork } = require('child_process');
const net = require('net');
const { localPath, log } = require('../support/trace.js');

const file = process.argv[2] ?? localPath();
if (process.argv[2]) {
  net.createServer().listen(file, () => process.kill(process.pid, 'SIGKILL'));
} else {
  fork(__filename, [file]).on('exit', (status, signal) => {
    log('left', signal, fs.existsSync(file));
    const server = net.createServer((socket) => socket.end('new'));
    server.on('error', (error) => {
      log(error.code);
      net.connect(file).on('error', (refused) => {
        log(refused.code);
        fs.unlinkSync(file);
        server.listen(file);
      });
    });
    server.on('listening', () => net.connect(file).on('data', (data) => log(data)).on('close', () => server.close()));
    server.listen(file);
  });
}
