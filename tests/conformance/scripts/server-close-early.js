'use strict';
// close() before listening suppresses it.
const net = require('net');
const { follow, log } = require('./support/trace.js');

const server = follow('server', net.createServer());
server.listen(0, () => log('never'));
log('listening', server.listening);
server.close((error) => log('closed', error));
log('listening', server.listening);
