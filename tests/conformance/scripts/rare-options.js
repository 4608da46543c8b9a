'use strict';
// whole surface
// Options and settings that few programs use: they are taken, and the conversation is the same.
const net = require('net');
const { log, serve } = require('./support/trace.js');

const before = net.getDefaultAutoSelectFamilyAttemptTimeout();
net.setDefaultAutoSelectFamilyAttemptTimeout(300);
log(net.getDefaultAutoSelectFamilyAttemptTimeout(), before > 0);
net.setDefaultAutoSelectFamilyAttemptTimeout(5);
log('at least', net.getDefaultAutoSelectFamilyAttemptTimeout());
try {
  net.setDefaultAutoSelectFamilyAttemptTimeout(0);
} catch (error) {
  log(error.code, error.message);
}

const keepAlive = { keepAlive: true, keepAliveInitialDelay: 2000, keepAliveInterval: 3000, keepAliveCount: 4 };
const server = net.createServer({ ...keepAlive, noDelay: true, highWaterMark: 1000 }, (socket) => {
  log('mark of the server', socket.readableHighWaterMark, socket.writableHighWaterMark);
  socket.end('x');
});
const options = { port: 0, host: '127.0.0.1', exclusive: true, backlog: 5 };
if (Number(process.versions.node.split('.')[0]) >= 24)
  options.reusePort = true;
server.listen(options, () => {
  const client = net.connect({ port: server.address().port, host: '127.0.0.1', ...keepAlive, typeOfService: 16, noDelay: true,
                               highWaterMark: 2000, autoSelectFamilyAttemptTimeout: 500, timeout: 60000 });
  log('mark', client.readableHighWaterMark, client.writableHighWaterMark, client.timeout);
  client.on('data', (data) => log(data)).on('close', (failed) => {
    log('close', failed);
    server.close(() => log('server close'));
  });
});
