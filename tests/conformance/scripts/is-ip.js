'use strict';
// What is an address.
const net = require('net');
const { log } = require('./support/trace.js');

for (const text of ['127.0.0.1', '0.0.0.0', '255.255.255.255', '256.0.0.1', '01.2.3.4', '1.2.3', '1.2.3.4.5', '1.2.3.4 ',
                    ' 1.2.3.4', '', '::', '::1', '1::', '::ffff:1.2.3.4', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8:9',
                    '1:2:3:4:5:6:7', 'fe80::1%eth0', 'fe80::1%', 'fe80::1%a b', '::1%1', 'g::', '12345::', ':::',
                    '[::1]', 'localhost', '1.2.3.4%eth0', '0x7f.1', '127.1', '::ffff:256.1.1.1', '2001:db8::0:1',
                    '0:0:0:0:0:0:0:0', '00:0::', 'ABCD::ef', null, undefined, 4, {}, []])
  log(String(text), net.isIP(text), net.isIPv4(text), net.isIPv6(text));
