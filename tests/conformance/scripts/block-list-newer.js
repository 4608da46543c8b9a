'use strict';
// whole surface
// needs node 26
// Many at once, CIDRs, removal, JSON.
const net = require('net');
const { log } = require('./support/trace.js');

const list = new net.BlockList();
list.addAddresses(['10.0.0.1', '10.0.0.2']);
list.addAddresses(['::1'], 'ipv6');
list.addCIDR('192.168.0.0/16');
list.addCIDRs(['fe80::/10', '127.0.0.0/8']);
list.addRange('1.0.0.1', '1.0.0.9');
log(list.size);
for (const rule of list.toJSON().sort())
  log(rule);
list.removeAddress('10.0.0.1');
list.removeAddress('10.0.0.9');
list.removeRange('1.0.0.1', '1.0.0.8');
log(list.size);
list.removeRange('1.0.0.1', '1.0.0.9');
list.removeSubnet('192.168.0.0', 16);
list.removeCIDR('fe80::/10');
log(list.size, list.check('192.168.1.1'), list.check('10.0.0.2'));
const copy = new net.BlockList();
copy.fromJSON(list.toJSON());
log(copy.rules.sort());
const again = new net.BlockList();
again.fromJSON(JSON.stringify(list));
log(again.rules.sort(), again.size);
copy.clear();
log(copy.size, copy.rules, net.BlockList.isBlockList(copy), net.BlockList.isBlockList({}));
log([...net.BlockList.PRIVATE_RANGES].sort());
for (const cidr of ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/', 'x/8', '::/129']) {
  try {
    list.addCIDR(cidr);
    log(cidr, 'taken');
  } catch (error) {
    log(cidr, error.name, error.code);
  }
}
