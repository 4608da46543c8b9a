'use strict';
// A path where nothing is.
const net = require('net');
const { follow, localPath, log } = require('./support/trace.js');

follow('client', net.connect({ path: localPath() })).on('error', (error) => log('path', error.path));
