'use strict';
// What a net.Socket knows of its connection: its ends, its bytes, its handle.

const { kHandle } = require('./handle.js');
const { Pipe, TCP } = require('./handleview.js');
const { StreamFace } = require('./stream.js');

const kView = Symbol('view');
const kPath = Symbol('path');

function addFacts(Socket) {
  Socket.prototype.address = function() { return this._getsockname(); };

  Socket.prototype._getsockname = function() {
    const { address, family, port } = this[kHandle].invoke('address') ?? {};
    return address === undefined || family === 'Local' ? {} : { address, family, port };
  };

  Socket.prototype._getpeername = function() {
    const address = this[kHandle].get('remoteAddress');
    return address ? { address, family: this[kHandle].get('remoteFamily'), port: this[kHandle].get('remotePort') } : {};
  };

  /// An accessor like those of Node: read-only, enumerable where Node's is.
  function accessor(name, get, enumerable = false) {
    Object.defineProperty(Socket.prototype, name, { get, enumerable, configurable: true });
  }

  // An empty text and a port of 0 stand for what Node leaves undefined. The prototype itself is no socket.
  for (const name of ['remoteAddress', 'remoteFamily', 'remotePort', 'localAddress', 'localPort', 'localFamily'])
    accessor(name, function() { return this[kHandle]?.get(name) || undefined; }, true);
  for (const name of ['bytesRead', 'bytesWritten'])
    accessor(name, function() { return this[kHandle]?.get(name); }, true);
  accessor('_bytesDispatched', function() {
    return this[kHandle] && this.bytesWritten - this.writableLength;
  }, true);
  accessor('pending', function() { return this[kHandle] ? this[kHandle].get('pending') : true; });
  accessor('_connecting', function() { return this.connecting; });
  accessor('bufferSize', function() { return this._handle ? this.writableLength : undefined; });
  accessor('readyState', function() {
    const state = this[kHandle].get('readyState');
    return state[0].toLowerCase() + state.slice(1);
  });
  Object.defineProperty(StreamFace.prototype, 'connecting', {
    get() { return this[kHandle] ? this[kHandle].get('connecting') : false; },
    set() {},
    configurable: true,
  });
  Object.defineProperty(StreamFace.prototype, 'allowHalfOpen', {
    get() { return this[kHandle].get('allowHalfOpen'); },
    set(allow) { this[kHandle].set('allowHalfOpen', Boolean(allow)); },
    configurable: true,
  });
  Object.defineProperty(StreamFace.prototype, 'autoSelectFamilyAttemptedAddresses', {
    get() {
      const addresses = this[kHandle].get('autoSelectFamilyAttemptedAddresses');
      return addresses.length ? addresses : undefined;
    },
    configurable: true,
  });
  Object.defineProperty(Socket.prototype, '_handle', {
    get() {
      const open = !this.destroyed && (this.connecting || this[kHandle].invoke('socketDescriptor') >= 0);
      return open ? this[kView] ??= new (this[kPath] ? Pipe : TCP)(this) : null;
    },
    set() {},
  });
}

module.exports = { addFacts, kPath, kView };
