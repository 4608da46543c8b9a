'use strict';
// A control: a `net` that has all the names and does nothing. Every script must notice.

const EventEmitter = require('node:events');

class Silent extends EventEmitter {
  address() { return { address: '127.0.0.1', family: 'IPv4', port: 1 }; }
}
for (const name of ['listen', 'close', 'getConnections', 'ref', 'unref', 'connect', 'write', 'end', 'pause', 'resume',
                    'destroy', 'pipe', 'unpipe', 'setEncoding', 'setTimeout', 'setNoDelay', 'setKeepAlive',
                    'isPaused', 'setDefaultEncoding', 'cork', 'uncork', 'read', 'unshift',
                    'destroySoon', 'resetAndDestroy'])
  Silent.prototype[name] = function() { return this; };

const make = () => new Silent();
module.exports = {
  connect: make, createConnection: make, createServer: make, isIP: () => 0, isIPv4: () => false,
  isIPv6: () => false, Server: Silent, Socket: Silent, Stream: Silent,
};
