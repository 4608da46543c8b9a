'use strict';
// whole surface
// Each code that an error may have, provoked: it is thrown, told by the event or by the callback, as in Node.
const net = require('net');
const { once } = require('events');
const fs = require('fs');
const { localPath, log } = require('./support/trace.js');

function same(where, error, code) {
  log(where, error?.code, error?.code === code);
}

function thrown(code, act) {
  let found;
  try {
    act();
  } catch (error) {
    found = error;
  }
  same('thrown', found, code);
}

function failing(emitter) {
  return new Promise((resolve) => emitter.on('error', resolve));
}

async function main() {
  const server = net.createServer((socket) => socket.on('error', () => {}).resume());
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  const connected = () => new Promise((resolve) => {
    const client = net.connect(port, '127.0.0.1', () => resolve(client));
    client.on('error', () => {});
  });

  thrown('ERR_INVALID_ARG_TYPE', () => net.connect({ port, host: '127.0.0.1', localPort: 'x' }));
  thrown('ERR_INVALID_ARG_VALUE', () => net.createServer().listen({}));
  thrown('ERR_INVALID_IP_ADDRESS', () => net.connect({ port, host: '127.0.0.1', localAddress: 'x' }));
  thrown('ERR_MISSING_ARGS', () => new net.Socket().connect());
  thrown('ERR_OUT_OF_RANGE', () => new net.Socket().setTimeout(-1));
  thrown('ERR_SERVER_ALREADY_LISTEN', () => server.listen(0));
  thrown('ERR_SOCKET_BAD_PORT', () => net.connect(65536));
  thrown('ERR_INVALID_ADDRESS', () => new net.BlockList().addAddress('x'));
  net.createServer().close((error) => same('callback', error, 'ERR_SERVER_NOT_RUNNING'));

  same('event', await failing(net.createServer().listen(port, '127.0.0.1')), 'EADDRINUSE');
  const wrong = (code) => (host, options, answer) => answer(Object.assign(new Error(code), { code, syscall: 'getaddrinfo' }));
  for (const code of ['ENOTFOUND', 'EAI_AGAIN'])
    same('event', await failing(net.connect({ port, host: 'no.test', lookup: wrong(code) })), code);
  const abort = new AbortController();
  const aborted = failing(new net.Socket({ signal: abort.signal }));
  abort.abort();
  same('event', await aborted, 'ABORT_ERR');
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    const blockList = new net.BlockList();
    blockList.addAddress('127.0.0.1');
    same('event', await failing(net.connect({ port, host: '127.0.0.1', blockList })), 'ERR_IP_BLOCKED');
  }

  const path = localPath();
  const local = net.createServer();
  await new Promise((resolve) => local.listen(path, resolve));
  const over = net.connect(path);
  await once(over, 'connect');
  thrown('ERR_INVALID_HANDLE_TYPE', () => over.resetAndDestroy());
  over.destroy();
  local.close();

  const unconnected = new net.Socket();
  const reset = failing(unconnected);
  unconnected.resetAndDestroy();
  same('event', await reset, 'ERR_SOCKET_CLOSED');
  const early = net.connect(port, '127.0.0.1');
  const closed = new Promise((resolve) => early.write('x', resolve));
  early.destroy();
  same('callback', await closed, 'ERR_SOCKET_CLOSED_BEFORE_CONNECTION');

  const gone = await connected();
  gone.destroy();
  same('callback', await new Promise((resolve) => gone.write('x', resolve)), 'ERR_STREAM_DESTROYED');
  const ended = await connected();
  const late = failing(ended);
  ended.end();
  ended.write('x');
  same('event', await late, 'ERR_STREAM_WRITE_AFTER_END');
  const finished = await connected();
  finished.end();
  await once(finished, 'finish');
  same('callback', await new Promise((resolve) => finished.end(resolve)), 'ERR_STREAM_ALREADY_FINISHED');
  finished.destroy();

  const greeting = net.createServer((socket) => socket.end('x'));
  await new Promise((resolve) => greeting.listen(0, '127.0.0.1', resolve));
  const read = net.connect({ port: greeting.address().port, host: '127.0.0.1', allowHalfOpen: true }).resume();
  await once(read, 'end');
  const unshifted = failing(read);
  read.unshift('x');
  same('event', await unshifted, 'ERR_STREAM_UNSHIFT_AFTER_END_EVENT');
  greeting.close();
  const pushing = await connected();
  const pushed = failing(pushing);
  pushing.push(null);
  pushing.push('x');
  same('event', await pushed, 'ERR_STREAM_PUSH_AFTER_EOF');

  const { pipeline } = require('stream');
  const cut = await connected();
  const premature = new Promise((resolve) => pipeline(cut, fs.createWriteStream('/dev/null'), resolve));
  cut.destroy();
  same('callback', await premature, 'ERR_STREAM_PREMATURE_CLOSE');
  if (net.BoundSocket) {
    const bound = new net.BoundSocket({ host: '127.0.0.1' });
    const taker = net.createServer().listen(bound);
    await once(taker, 'listening');
    thrown('ERR_SOCKET_HANDLE_ADOPTED', () => bound.fd());
    taker.close();
  }
  server.close();
}

main();
