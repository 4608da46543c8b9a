'use strict';
// whole surface
// net.SocketAddress: defaults, members, what is refused.
const net = require('net');
const util = require('util');
const { log } = require('./support/trace.js');

for (const options of [undefined, {}, { family: 'ipv6' }, { address: '1.2.3.4', port: 80 },
                       { address: '::1', family: 'IPv6', flowlabel: 5 }, { address: '0::0:1', family: 'ipv6' }]) {
  const address = new net.SocketAddress(options);
  log(address.address, address.family, address.port, address.flowlabel);
}
log(new net.SocketAddress({ address: '1.2.3.4', port: 80 }).toJSON());
log(util.inspect(new net.SocketAddress()));
log(net.SocketAddress.isSocketAddress?.(new net.SocketAddress()), net.SocketAddress.isSocketAddress?.({}));
for (const options of [{ address: 'x' }, { address: '::1' }, { family: 'x' }, { port: 65536 }, { port: -1 }, { flowlabel: -1 }, 5,
                       { address: 5 }, { flowlabel: 'x' }, { address: '1.2.3.4', family: 'ipv6' }]) {
  try {
    new net.SocketAddress(options);
    log('taken', options);
  } catch (error) {
    log(error.name, error.code, error.message);
  }
}
if (net.SocketAddress.parse)
  for (const text of ['1.2.3.4:81', '[::1]:81', '[0:0::1]:5', '1.2.3.4', '[::1]', 'x:80', '1.2.3.4:99999', '', '256.1.1.1:1'])
    log(text, net.SocketAddress.parse(text)?.toJSON());
