'use strict';
// whole surface
// needs alone
// needs node 22
// Nobody connects to a blocked address, literal or looked up, and a server's list closes silently.
const net = require('net');
const { follow, log, serve } = require('./support/trace.js');

const list = new net.BlockList();
list.addAddress('127.0.0.1');
const server = net.createServer({ blockList: list }, () => log('never'));
serve(server, (port) => {
  const events = ['lookup', 'connect', 'error', 'end', 'close'];
  const guest = follow('guest', net.connect(port, '127.0.0.1'), ['connect', 'end', 'close']);
  guest.resume().on('close', () => {
    const literal = follow('literal', net.connect({ port, host: '127.0.0.1', blockList: list }), events);
    literal.on('close', () => {
      const named = follow('named', net.connect({ port, host: 'four.test', blockList: list }), ['connect', 'close']);
      named.on('error', (error) => log('named', error.code));
      named.on('close', () => server.close(() => log('closed')));
    });
  });
});
