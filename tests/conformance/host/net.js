'use strict';
// Node's `net` on libnet. Only arguments, names and errors are converted here; whatever happens, happens in C++.

const { BlockList, SocketAddress } = require('./blocklist.js');
const { BoundSocket, kBound } = require('./boundsocket.js');
const { fromNative } = require('./errors.js');
const { Server } = require('./server.js');
const { Socket } = require('./socket.js');
const { shape } = require('./surface.js');
const check = require('./arguments.js');
const native = require('./host.node');
const stock = require('node:net');

// They may have been set on Node's command line.
native.autoSelectFamily(stock.getDefaultAutoSelectFamily());
native.attemptTimeout(stock.getDefaultAutoSelectFamilyAttemptTimeout());

function connect(...args) {
  const { options } = check.normalize(args);
  const socket = new Socket(options);
  if (options.timeout)
    socket.setTimeout(options.timeout);
  return socket.connect(...args);
}

/// What Node calls the raw handle of a server: something bound, or the number of the error.
function _createServerHandle(address, port, addressType, fd, flags) {
  if (typeof fd === 'number' && fd >= 0)
    return { fd };
  try {
    const options = port === -1 && addressType === -1 ? { path: address }
      : { host: address || undefined, port, ipv6Only: Boolean(flags & 1) };
    return new BoundSocket(options);
  } catch (error) {
    return error.errno ?? -22;
  }
}

function getDefaultAutoSelectFamily() { return native.autoSelectFamily(); }
function setDefaultAutoSelectFamily(value) { native.autoSelectFamily(check.boolean(value, 'value')); }
function getDefaultAutoSelectFamilyAttemptTimeout() { return native.attemptTimeout(); }
function setDefaultAutoSelectFamilyAttemptTimeout(value) { native.attemptTimeout(check.int32(value, 'value', 1)); }

require('./handover.js').install({ Server, Socket });

module.exports = shape({
  _createServerHandle,
  _normalizeArgs: stock._normalizeArgs,
  _setSimultaneousAccepts: stock._setSimultaneousAccepts,
  _TransferredBoundSocket() { throw fromNative({ errors: [], code: 'ERR_METHOD_NOT_IMPLEMENTED', message: 'Not a class to construct' }); },
  get BlockList() { return BlockList; },
  get SocketAddress() { return SocketAddress; },
  BoundSocket,
  connect,
  createConnection: connect,
  createServer(options, connectionListener) { return new Server(options, connectionListener); },
  isIP(input) { return native.isIP(String(input)); },
  isIPv4(input) { return native.isIP(String(input)) === 4; },
  isIPv6(input) { return native.isIP(String(input)) === 6; },
  Server,
  Socket,
  Stream: Socket,
  getDefaultAutoSelectFamily,
  setDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
});
