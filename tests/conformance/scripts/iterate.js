'use strict';
// whole surface
// for await, events.once, stream's promises: what others build on a socket.
const { once } = require('events');
const net = require('net');
const { finished, pipeline } = require('stream/promises');
const { PassThrough } = require('stream');
const { hide, log } = require('./support/trace.js');

async function main() {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.write('one ');
    setTimeout(() => socket.end('two'), 20);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = hide(server.address().port, 'port');
  const client = net.connect(port, '127.0.0.1');
  await once(client, 'connect');
  let text = '';
  for await (const chunk of client)
    text += chunk;
  log(text, client.destroyed);

  const early = net.connect(port, '127.0.0.1');
  for await (const chunk of early) {
    log('first', String(chunk).slice(0, 4)); // what comes together depends on the machine's load
    break;
  }
  log(early.destroyed);

  const sink = new PassThrough();
  const lines = [];
  sink.on('data', (data) => lines.push(String(data)));
  await pipeline(net.connect(port, '127.0.0.1'), sink);
  log('pipeline', lines.join(''));

  const whole = net.connect(port, '127.0.0.1');
  whole.resume();
  await finished(whole);
  log('finished', whole.readableEnded, whole.writableFinished);

  const broken = net.connect(port, '127.0.0.1');
  broken.on('connect', () => broken.destroy(new Error('on purpose')));
  try {
    for await (const chunk of broken)
      log('never', chunk);
  } catch (error) {
    log('caught', error.message);
  }
  const refused = net.connect(1, '127.0.0.1');
  await once(refused, 'connect').catch((error) => log(error.code));
  server.close();
  await once(server, 'close');
  log('closed');
}
main();
