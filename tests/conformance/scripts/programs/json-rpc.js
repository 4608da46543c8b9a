'use strict';
// Calls with ids, answers in any order.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const methods = { add: (a, b) => a + b, slow: (text) => new Promise((done) => setTimeout(done, 30, text)), fail: () => { throw new Error('no'); } };
function lines(socket, each) {
  let rest = '';
  socket.setEncoding('utf8').on('data', (text) => {
    const all = (rest + text).split('\n');
    rest = all.pop();
    all.forEach((line) => each(JSON.parse(line)));
  });
}
const server = net.createServer((socket) => lines(socket, async ({ id, method, params }) => {
  try {
    socket.write(JSON.stringify({ id, result: await methods[method](...params) }) + '\n');
  } catch (error) {
    socket.write(JSON.stringify({ id, error: error.message }) + '\n');
  }
}));
serve(server, (port) => {
  const client = net.connect(port, '127.0.0.1');
  const waiting = new Map();
  let id = 0;
  const call = (method, ...params) => new Promise((resolve, reject) => {
    waiting.set(++id, { resolve, reject });
    client.write(JSON.stringify({ id, method, params }) + '\n');
  });
  lines(client, ({ id: which, result, error }) => (error ? waiting.get(which).reject(new Error(error)) : waiting.get(which).resolve(result)));
  Promise.allSettled([call('slow', 'late'), call('add', 1, 2), call('fail'), call('add', 'a', 'ü')]).then((results) => {
    for (const { status, value, reason } of results)
      log(status, value ?? reason.message);
    client.end();
    server.close();
  });
});
