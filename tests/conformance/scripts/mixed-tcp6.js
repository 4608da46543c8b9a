'use strict';
// needs ipv6
// Client and server in two worlds: TCP over IPv6.
const { pair } = require('./support/pairs.js');

pair(() => ({ port: 0, host: '::1' }), (round, at) => ({ port: at.port, host: '::1' }));
