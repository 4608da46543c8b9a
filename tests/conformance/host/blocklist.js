'use strict';
// net.BlockList and net.SocketAddress.

const stock = require('node:net');
const { inspect } = require('node:util');

const { coded, fromNative, invalidType, invalidValue, outOfRange } = require('./errors.js');
const check = require('./arguments.js');
const native = require('./host.node');

const kList = Symbol('list');
const kFacts = Symbol('facts');

function familyNamed(value, name = 'options.family') {
  const family = typeof value === 'string' ? value.toLowerCase() : value;
  if (family !== 'ipv4' && family !== 'ipv6')
    throw invalidValue(name, value);
  return family;
}

class SocketAddress {
  static isSocketAddress(value) { return value?.[kFacts] !== undefined; }

  static parse(input) {
    if (typeof input !== 'string')
      throw invalidType('input', 'of type string', input);
    const found = native.parseAddress(input);
    return found ? new SocketAddress({ ...found, family: found.family.toLowerCase() }) : undefined;
  }

  constructor(options = {}) {
    if (options === null || typeof options !== 'object')
      throw invalidType('options', 'of type object', options);
    const family = options.family === undefined ? 'ipv4' : familyNamed(options.family);
    const { address = family === 'ipv4' ? '127.0.0.1' : '::', port = 0, flowlabel = 0 } = options;
    if (typeof address !== 'string')
      throw invalidType('options.address', 'of type string', address);
    check.port(port, 'options.port');
    if (typeof flowlabel !== 'number')
      throw invalidType('options.flowlabel', 'of type number', flowlabel);
    if (!Number.isInteger(flowlabel) || flowlabel < 0 || flowlabel > 0xFFFFFFFF)
      throw outOfRange('options.flowlabel', '>= 0 && <= 4294967295', flowlabel);
    if (native.isIP(address) !== (family === 'ipv4' ? 4 : 6))
      throw coded('ERR_INVALID_ADDRESS', 'Invalid socket address');
    const canonical = native.parseAddress(family === 'ipv6' ? `[${address}]` : address)?.address ?? address;
    this[kFacts] = { address: canonical, port: +port, family, flowlabel };
    Object.defineProperty(this, kFacts, { enumerable: false });
  }

  get address() { return this[kFacts].address; }
  get port() { return this[kFacts].port; }
  get family() { return this[kFacts].family; }
  get flowlabel() { return this[kFacts].flowlabel; }
  toJSON() { return { ...this[kFacts] }; }
  [inspect.custom](depth, options) {
    return depth < 0 ? this : `SocketAddress ${inspect(this.toJSON(), { ...options, depth: options.depth })}`;
  }
}

/// Address and family, of a text or a SocketAddress.
function literal(value, family, name) {
  if (SocketAddress.isSocketAddress(value))
    return [value.address, value.family];
  if (typeof value !== 'string')
    throw invalidType(name, 'of type string', value);
  if (family !== undefined && typeof family !== 'string')
    throw invalidType('family', 'of type string', family);
  const { address, family: known } = new SocketAddress({ address: value, family });
  return [address, known];
}

function outcome(error) {
  if (error)
    throw fromNative(error);
}

function checkCIDR(cidr, name) {
  if (typeof cidr !== 'string')
    throw invalidType(name, 'of type string', cidr);
  if (!cidr.includes('/'))
    throw invalidValue(name, cidr, 'must contain a prefix length (e.g. "10.0.0.0/8")');
  if (!native.isIP(cidr.split('/')[0]))
    throw coded('ERR_INVALID_ADDRESS', 'Invalid socket address');
}

/// The native list of an option; what is none is refused by newer versions, and ignored by others.
function listOfOption(value) {
  if (value?.[kList] === undefined && stock.BoundSocket)
    throw invalidType('options.blockList', 'an net.BlockList', value);
  return value?.[kList];
}

class BlockList {
  constructor() { Object.defineProperty(this, kList, { value: native.createBlockList() }); }

  static isBlockList(value) { return value?.[kList] !== undefined; }
  static PRIVATE_RANGES = native.privateRanges();

  addAddress(address, family = 'ipv4') {
    const [text, known] = literal(address, family, 'address');
    outcome(native.addAddresses(this[kList], [text], known));
  }

  addAddresses(addresses, family = 'ipv4') {
    if (!Array.isArray(addresses))
      throw invalidType('addresses', 'an instance of Array', addresses);
    const all = addresses.map((address, i) => literal(address, family, `addresses[${i}]`));
    for (const [text, known] of all)
      outcome(native.addAddresses(this[kList], [text], known));
  }

  addRange(start, end, family = 'ipv4') {
    const [first, known] = literal(start, family, 'start');
    const [last] = literal(end, family, 'end');
    const error = native.addRange(this[kList], first, last, known);
    if (error?.code === 'ERR_INVALID_ARG_VALUE')
      throw invalidValue('start', new SocketAddress({ address: first, family: known }), 'must come before end');
    outcome(error);
  }

  addSubnet(network, prefix, family = 'ipv4') {
    const [text, known] = literal(network, family, 'network');
    check.integer(prefix, 'prefix', 0, known === 'ipv4' ? 32 : 128);
    outcome(native.addSubnet(this[kList], text, prefix, known));
  }

  addCIDR(cidr) {
    checkCIDR(cidr, 'cidr');
    outcome(native.addCIDRs(this[kList], [cidr]));
  }

  addCIDRs(cidrs) {
    if (!Array.isArray(cidrs))
      throw invalidType('cidrs', 'an instance of Array', cidrs);
    cidrs.forEach((cidr, i) => checkCIDR(cidr, `cidrs[${i}]`));
    outcome(native.addCIDRs(this[kList], cidrs));
  }

  removeAddress(address, family = 'ipv4') {
    outcome(native.removeAddress(this[kList], ...literal(address, family, 'address')));
  }

  removeRange(start, end, family = 'ipv4') {
    const [first, known] = literal(start, family, 'start');
    outcome(native.removeRange(this[kList], first, literal(end, family, 'end')[0], known));
  }

  removeSubnet(network, prefix, family = 'ipv4') {
    const [text, known] = literal(network, family, 'network');
    check.integer(prefix, 'prefix', 0, known === 'ipv4' ? 32 : 128);
    outcome(native.removeSubnet(this[kList], text, prefix, known));
  }

  removeCIDR(cidr) {
    checkCIDR(cidr, 'cidr');
    outcome(native.removeCIDR(this[kList], cidr));
  }

  check(address, family = 'ipv4') {
    if (!SocketAddress.isSocketAddress(address)) {
      if (typeof address !== 'string')
        throw invalidType('address', 'of type string', address);
      if (typeof family !== 'string')
        throw invalidType('family', 'of type string', family);
      const known = family.toLowerCase();
      return native.isIP(address) === { ipv4: 4, ipv6: 6 }[known] && native.blocks(this[kList], address, known);
    }
    return native.blocks(this[kList], address.address, address.family);
  }

  clear() { native.clearRules(this[kList]); }
  get rules() { return native.blockRules(this[kList]); }
  get size() { return this.rules.length; }
  toJSON() { return this.rules; }

  fromJSON(data) {
    let rules = data;
    if (typeof rules === 'string')
      rules = JSON.parse(rules);
    if (!Array.isArray(rules) || rules.some((rule) => typeof rule !== 'string'))
      throw invalidType('data', 'of type string or string[]', data);
    outcome(native.fromJSON(this[kList], rules));
  }

  [inspect.custom](depth, options) {
    return depth < 0 ? this : `BlockList ${inspect({ rules: this.rules }, { ...options, depth: options.depth })}`;
  }
}

module.exports = { BlockList, SocketAddress, listOfOption };
