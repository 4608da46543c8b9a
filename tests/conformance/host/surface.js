'use strict';
// Which names there are depends on the version of Node; libnet answers to the newest. A script sees those of its own.

const net = require('node:net');

/// Takes from `ours` what `theirs` doesn't have, and gives what is left the kinds that it has there.
function fit(ours, theirs) {
  for (const key of Reflect.ownKeys(ours)) {
    const mine = Object.getOwnPropertyDescriptor(ours, key);
    const other = Object.getOwnPropertyDescriptor(theirs, key);
    if (!mine.configurable)
      continue;
    if (!other && typeof key === 'string')
      delete ours[key];
    else if (other)
      Object.defineProperty(ours, key, { enumerable: other.enumerable, configurable: other.configurable });
    // How many arguments are declared says nothing of how many are taken.
    if (typeof mine.value === 'function' && typeof other?.value === 'function')
      Object.defineProperty(mine.value, 'length', { value: other.value.length });
  }
}

/// What Node's own modules make on their own net is a socket or a server too: a request's socket, a server of http.
function embrace(ours, theirs) {
  const { [Symbol.hasInstance]: isOurs } = Function.prototype;
  Object.defineProperty(ours, Symbol.hasInstance, {
    value(object) { return isOurs.call(this, object) || (this === ours && object instanceof theirs); },
    configurable: true,
  });
}

function shape(ours) {
  for (const name of ['BlockList', 'SocketAddress', 'BoundSocket', 'Server', 'Socket']) {
    if (!net[name])
      continue;
    fit(ours[name], net[name]);
    fit(ours[name].prototype, net[name].prototype);
  }
  fit(ours, net);
  embrace(ours.Server, net.Server);
  embrace(ours.Socket, net.Socket);
  return ours;
}

module.exports = { shape };
