'use strict';
// Client and server in two worlds: TCP over IPv4.
const { pair } = require('./support/pairs.js');

pair(() => ({ port: 0, host: '127.0.0.1' }), (round, at) => ({ port: at.port, host: '127.0.0.1' }));
