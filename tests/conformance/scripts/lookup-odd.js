'use strict';
// Answers of a resolver that are no addresses, are of no family, or come twice.
const net = require('net');
const { describe, log, serve } = require('./support/trace.js');

const server = net.createServer((socket) => socket.end());
serve(server, (port) => {
  const cases = [
    { all: [{ address: '127.0.0.1', family: 100 }] },
    { all: [{ address: 'nonsense', family: 4 }] },
    { all: [{ address: 'nonsense', family: 4 }, { address: '127.0.0.1', family: 4 }] },
    { all: [{ address: '127.0.0.1', family: 4 }, { address: '127.0.0.1', family: 4 }] },
    { one: ['127.0.0.1', 100], autoSelectFamily: false },
    { one: ['nonsense', 4], autoSelectFamily: false },
  ];
  const next = () => {
    const given = cases.shift();
    if (!given)
      return server.close();
    const lookup = (host, options, answer) =>
      setImmediate(() => (options.all ? answer(null, given.all) : answer(null, ...given.one)));
    const client = net.connect({ port, host: 'odd.test', lookup, autoSelectFamily: given.autoSelectFamily ?? true });
    client.on('connectionAttempt', (address) => log('attempt', address));
    client.on('error', (error) => log(describe(error)));
    client.on('close', (failed) => {
      log('close', failed, JSON.stringify(client.autoSelectFamilyAttemptedAddresses?.length));
      next();
    });
    client.resume();
  };
  next();
});
