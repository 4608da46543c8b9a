'use strict';
// Servers and sockets close at the end of their scope.
// whole surface
const { once } = require('events');
const net = require('net');
const { log, serve } = require('../support/trace.js');

const dispose = Symbol.asyncDispose;
async function main() {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.resume();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = net.connect(server.address().port, '127.0.0.1');
  await once(client, 'connect');
  client.on('error', (error) => log('client', error.name));
  if (client[dispose])
    await client[dispose]();
  log(client.destroyed);
  await server[dispose]();
  log(server.listening);
  await server[dispose]();
  log('twice');
}
main();
