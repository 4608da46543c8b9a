'use strict';
// whole surface
// A server that listens on another's handle, on a descriptor, and on what is none.
const net = require('net');
const { hide, log } = require('./support/trace.js');

const first = net.createServer(() => log('never'));
first.listen(0, '127.0.0.1', () => {
  const port = hide(first.address().port, 'port');
  log(first._handle.fd > 2, first._handle === first._handle, first._handle.constructor.name);
  const second = net.createServer((socket) => {
    log('second');
    socket.end();
  });
  second.listen(first, () => {
    log(second.address());
    net.connect(port, '127.0.0.1').resume().on('close', () => {
      second.close(() => log('second closed', second._handle));
      first.close((error) => log('first closed', error?.code));
    });
  });
});
for (const wrong of [{ fd: -1 }, { fd: 'x' }, { handle: {} }, {}, true, { port: true }, { path: 5 }]) {
  try {
    net.createServer().listen(wrong);
    log('taken', wrong);
  } catch (error) {
    log(error.name, error.code);
  }
}
