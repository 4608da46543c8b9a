'use strict';
// net.BoundSocket: an address taken now, to listen on or connect from later.

const { coded, fromNative, invalidType, invalidValue } = require('./errors.js');
const check = require('./arguments.js');
const native = require('./host.node');

const kBound = Symbol('bound');

/// What it says of itself; a failed bind and a misuse are thrown.
function factsOf(socket) {
  const facts = native.boundFacts(socket[kBound]);
  if (facts.error)
    throw fromNative(facts.error);
  // Closed: Node says the same of it.
  if (facts.fd < 0)
    throw coded('ERR_SOCKET_HANDLE_ADOPTED', 'The bound socket has already been adopted by a server or socket');
  return facts;
}

class BoundSocket {
  constructor(options = {}) {
    if (options === null || typeof options !== 'object')
      throw invalidType('options', 'of type object', options);
    const { host, port, path, ipv6Only, reusePort } = options;
    if (path !== undefined) {
      if (typeof path !== 'string')
        throw invalidType('options.path', 'of type string', path);
      if ([host, port, ipv6Only, reusePort].some((value) => value !== undefined))
        throw invalidValue('options', options, 'path is mutually exclusive with host, port, ipv6Only, and reusePort');
    } else {
      if (port !== undefined)
        check.port(port, 'options.port');
      if (host !== undefined && !native.isIP(String(host)))
        throw invalidValue('options.host', host, 'must be a numeric IP address; net.BoundSocket does not perform DNS resolution');
    }
    const held = native.createBoundSocket({ host, port, path, ipv6Only, reusePort });
    Object.defineProperty(this, kBound, { value: held });
    factsOf(this);
  }

  address() {
    const { address, isPipe } = factsOf(this);
    return isPipe ? address?.address : address;
  }

  fd() { return factsOf(this).fd; }
  get isPipe() { return native.boundFacts(this[kBound]).isPipe; }

  close() {
    factsOf(this);
    native.closeBound(this[kBound]);
  }
}
if (Symbol.dispose)
  BoundSocket.prototype[Symbol.dispose] = function() { native.closeBound(this[kBound]); };

module.exports = { BoundSocket, kBound };
