'use strict';
// The same with promises only.
// whole surface
const { once } = require('events');
const { setTimeout: sleep } = require('timers/promises');
const net = require('net');
const { log, serve } = require('../support/trace.js');

async function talk(port, text) {
  const client = net.connect(port, '127.0.0.1');
  await once(client, 'connect');
  client.end(text);
  const parts = [];
  for await (const part of client)
    parts.push(part);
  return Buffer.concat(parts).toString();
}
const server = net.createServer(async (socket) => {
  for await (const data of socket)
    socket.write(String(data).toUpperCase());
  await sleep(1);
});
serve(server, async (port) => {
  log(await talk(port, 'one'));
  log(await Promise.all([talk(port, 'two'), talk(port, 'three')]));
  server.close();
  await once(server, 'close');
  log('closed');
});
