'use strict';
// Both roles of a pair of processes. The peer runs under Node's own net, whatever this process runs under.
const { fork } = require('child_process');
const { once } = require('events');
const net = require('net');
const path = require('path');
const { hide, log } = require('./trace.js');

function peer(role, options) {
  const env = { ...process.env, NODE_OPTIONS: '' };
  const child = fork(path.join(__dirname, 'peer.js'), [role, JSON.stringify(options)], { env, silent: true });
  let output = '';
  child.stdout.on('data', (text) => { output += text; });
  child.stderr.on('data', (text) => { output += text; });
  child.said = once(child, 'close').then(([status]) => `${output.trim()}, status ${status}`);
  return child;
}

/// A client here and a server there, then the reverse; `listen` and `connect` make the options.
function pair(listen, connect) {
  const there = peer('server', listen(1));
  there.on('message', ({ at }) => {
    if (typeof at === 'object')
      hide(at.port, 'port');
    const client = net.connect(connect(1, at), () => {
      client.write('from here ');
      client.end(Buffer.alloc(300000, 'h'));
    });
    let bytes = 0;
    client.on('data', (data) => { bytes += data.length; });
    client.on('end', () => log('client end', bytes, client.bytesWritten));
    client.on('close', async (failed) => {
      log('client close', failed);
      log(await there.said);
      reverse();
    });
  });

  function reverse() {
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
      log('connection', server._connections ?? 1);
      let count = 0;
      socket.on('data', (data) => { count += data.length; });
      socket.pipe(socket);
      socket.on('end', () => log('accepted end', count));
      socket.on('close', (failed) => {
        log('accepted close', count, failed);
        server.close(async () => {
          log('server close');
          log(await client.said);
        });
      });
    });
    let client;
    server.listen(listen(2), () => { client = peer('client', connect(2, server.address())); });
  }
}

module.exports = { pair };
