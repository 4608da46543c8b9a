'use strict';
// whole surface
// needs node 26
// An address taken now, to listen on later, once.
const net = require('net');
const { describe, follow, hide, localPath, log } = require('./support/trace.js');

function attempt(name, action) {
  try {
    log(name, action());
  } catch (error) {
    log(name, error.name, error.code);
  }
}
const bound = new net.BoundSocket({ host: '127.0.0.1' });
hide(bound.address().port, 'port');
log(bound.address(), bound.isPipe, bound.fd() > 2);
const server = follow('server', net.createServer((socket) => socket.end('hello')), ['listening', 'error', 'close']);
server.listen(bound, () => {
  log(server.address());
  attempt('address', () => bound.address());
  attempt('fd', () => bound.fd());
  attempt('close', () => bound.close());
  const from = new net.BoundSocket({ host: '127.0.0.1' });
  const local = hide(from.address().port, 'local');
  const client = new net.Socket({ handle: from });
  client.connect(server.address().port, '127.0.0.1', () => {
    log(client.localPort === local, client.localAddress);
  });
  client.on('data', (data) => log('data', data)).on('close', () => server.close());
});
const pathed = new net.BoundSocket({ path: localPath() });
log(pathed.address(), pathed.isPipe);
pathed.close();
attempt('after close', () => pathed.address());
attempt('again', () => pathed.close());
log(require('fs').existsSync(pathed.path ?? ''), describe(new Error('end')));
