'use strict';
// One server closes and the next one listens on the same port, while clients keep coming.
const net = require('net');
const { log, serve } = require('../support/trace.js');

const answers = [];
const make = (name) => net.createServer((socket) => socket.end(name));
const first = make('first');
serve(first, (port) => {
  const ask = (then) => net.connect(port, '127.0.0.1').on('data', (data) => answers.push(String(data))).on('close', then);
  ask(() => first.close(() => {
    const second = make('second');
    second.listen(port, '127.0.0.1', () => ask(() => second.close(() => {
      const third = make('third');
      third.listen(port, '127.0.0.1', () => ask(() => third.close(() => log(answers))));
    })));
  }));
});
