'use strict';
// whole surface
// A resolver of one's own: what it is asked, one address or several, its errors, late and wrong answers.
const net = require('net');
const { describe, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end());
serve(server, (port) => {
  const attempts = [
    ['one', { autoSelectFamily: false }, (host, options, done) => {
      log(host, options.all ?? false, options.family, options.hints);
      setTimeout(done, 10, null, '127.0.0.1', 4);
    }],
    ['several', { autoSelectFamily: true }, (host, options, done) => {
      log(host, options.all, options.family);
      setImmediate(done, null, [{ address: '127.0.0.1', family: 4 }]);
    }],
    ['family', { family: 4 }, (host, options, done) => {
      log(host, options.all ?? false, options.family);
      process.nextTick(done, null, '127.0.0.1', 4);
    }],
    ['error', { autoSelectFamily: false }, (host, options, done) =>
      setImmediate(done, Object.assign(new Error('mine'), { code: 'EMINE' }))],
    ['wrong', { autoSelectFamily: false }, (host, options, done) => setImmediate(done, null, 'no address', 4)],
  ];
  const next = () => {
    const attempt = attempts.shift();
    if (!attempt)
      return server.close(() => log('closed'));
    const [name, options, lookup] = attempt;
    const client = net.connect({ port, host: `${name}.example`, ...options, lookup });
    for (const event of ['lookup', 'connect'])
      client.on(event, (...args) => log(name, event, ...args.slice(0, 2)));
    client.on('error', (error) => log(name, 'error', error.code ?? describe(error)));
    client.resume().on('close', (failed) => {
      log(name, 'close', failed);
      setTimeout(next, 10);
    });
  };
  next();
  for (const wrong of [5, 'x', {}]) {
    try {
      net.connect({ port, host: 'x.example', lookup: wrong });
    } catch (error) {
      log(error.code, error.message);
    }
  }
});
