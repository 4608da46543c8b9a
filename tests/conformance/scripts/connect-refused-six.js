'use strict';
// needs ipv6
// The same over IPv6, with the address in the message.
const net = require('net');
const { follow, serve } = require('./support/trace.js');

const server = net.createServer();
serve(server, (port) => server.close(() => follow('client', net.connect(port, '::1'))), '::1');
