'use strict';
// whole surface
// A block list: rules, what they match, and what is refused.
const net = require('net');
const { describe, log } = require('./support/trace.js');

const list = new net.BlockList();
list.addAddress('10.0.0.5');
list.addAddress('2001:DB8::1', 'ipv6');
list.addRange('192.168.2.1', '192.168.2.10');
list.addSubnet('172.16.0.0', 12);
list.addSubnet('fc00::', 7, 'ipv6');
list.addAddress(new net.SocketAddress({ address: '10.0.0.6' }));
// Their order depends on the version.
for (const rule of [...list.rules].sort())
  log(rule);
for (const [address, family] of [['10.0.0.5'], ['10.0.0.4'], ['::ffff:10.0.0.5', 'ipv6'], ['2001:db8::1', 'ipv6'],
                                 ['192.168.2.1'], ['192.168.2.10'], ['192.168.2.11'], ['172.31.255.255'], ['172.32.0.0'],
                                 ['fd12::', 'ipv6'], ['fe80::', 'ipv6'], ['10.0.0.6'], ['nonsense'], ['::1', 'ipv4'],
                                 ['::FFFF:172.16.0.1', 'IPV6']])
  log(address, list.check(address, family));
log(list.check(new net.SocketAddress({ address: '10.0.0.5' })));

function attempt(name, action) {
  try {
    log(name, action());
  } catch (error) {
    log(name, error.name, error.code);
  }
}
attempt('address', () => list.addAddress('10.0.0.256'));
attempt('family', () => list.addAddress('10.0.0.1', 'ipv5'));
attempt('type', () => list.addAddress(7));
attempt('range', () => list.addRange('10.0.0.2', '10.0.0.1'));
attempt('prefix', () => list.addSubnet('10.0.0.0', 33));
attempt('prefix', () => list.addSubnet('10.0.0.0', -1));
attempt('prefix', () => list.addSubnet('::', 129, 'ipv6'));
attempt('mixed', () => list.addRange('10.0.0.1', '::1'));
log(list.rules.length, require('util').inspect(list).includes('Subnet: IPv4 172.16.0.0/12'));
log(describe(new Error('end')));
