'use strict';
// needs alone
// close() while the host's name is looked up.
const net = require('net');
const { log } = require('./support/trace.js');

const server = net.createServer();
server.on('listening', () => log('never'));
server.on('error', (error) => log('error', error));
server.on('close', () => log('close'));
server.listen(0, 'four.test');
log('listening', server.listening, server.address());
server.close(() => log('callback'));
setTimeout(() => log('later', server.listening), 100);
