'use strict';
// net.Socket: options, connecting, closing. What it has of a stream is in stream.js.

const { guessHandleType } = require('./descriptor.js');
const { coded, fromNative, invalidFamily, invalidType, invalidValue } = require('./errors.js');
const { attach, forget, give, given, kHandle, keep, kNotified, kReason, kResource } = require('./handle.js');
const { kOwner } = require('./handleview.js');
const { listOfOption } = require('./blocklist.js');
const { BoundSocket, kBound } = require('./boundsocket.js');
const { addFacts, kPath, kView } = require('./socketfacts.js');
const { StreamFace, bytesOf, kErrored, kTaken } = require('./stream.js');
const signals = require('./signal.js');
const check = require('./arguments.js');
const native = require('./host.node');
const channel = require('node:diagnostics_channel').channel('net.client.socket');
const dns = require('node:dns');
const stock = require('node:net');
const { getDefaultHighWaterMark } = require('node:stream');

const kAccepted = Symbol('accepted');
const kRelease = Symbol('release');
const kTimeout = Symbol('timeout');

const signalsOf = {
  connect: ['connected'], ready: ['ready'], data: ['data', 'text'], readable: ['readyRead'], end: ['ended'],
  drain: ['drain'], finish: ['finish'], lookup: ['lookup'], timeout: ['timedOut'], pause: ['paused'],
  resume: ['resumed'], connectionAttempt: ['connectionAttempt'], pipe: ['piped'], unpipe: ['unpiped'],
  connectionAttemptFailed: ['connectionAttemptFailed'], connectionAttemptTimeout: ['connectionAttemptTimeout'],
};
const events = Object.fromEntries(
  Object.entries(signalsOf).flatMap(([event, names]) => names.map((name) => [name, event])));
// The sockets that stand in front of native ones, for what comes from there.
const known = new WeakMap();

function Socket(options) {
  if (!(this instanceof Socket))
    return new Socket(options);
  for (const name of ['objectMode', 'readableObjectMode', 'writableObjectMode'])
    if (options?.[name])
      throw invalidValue(`options.${name}`, options[name], 'is not supported');
  if (options?.keepAliveInitialDelay !== undefined)
    check.number(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
  options = typeof options === 'number' ? { fd: options } : { ...options };
  StreamFace.call(this, options);
  this.connecting = false;
  this._hadError = false;
  this._parent = null;
  this._host = null;
  this._sockname = null;
  this._pendingData = null;
  this._pendingEncoding = '';
  this.server = null;
  this._server = null;
  const handle = options[kAccepted] ?? native.createSocket(nativeOptions(this, options));
  attach(this, handle, signalsOf, ['closed', 'errorOccurred']);
  known.set(handle, this);
  if (options[kAccepted] || options.fd !== undefined)
    keep(this, 'TCPWRAP');
}
Object.setPrototypeOf(Socket.prototype, StreamFace.prototype);
Object.setPrototypeOf(Socket, Object.getPrototypeOf(StreamFace));

// The number in front of C++ is -1 where nothing is set.
function nativeOptions(socket, options) {
  const { allowHalfOpen, noDelay, blockList, onread, signal, typeOfService } = options;
  const result = { allowHalfOpen: Boolean(allowHalfOpen), noDelay: Boolean(noDelay) };
  const mark = options.highWaterMark ?? options.readableHighWaterMark ?? options.writableHighWaterMark;
  if (mark !== undefined && mark !== null && (!Number.isInteger(mark) || mark < 0))
    throw invalidValue('options.readableHighWaterMark', mark);
  result.highWaterMark = mark ?? getDefaultHighWaterMark(false);
  result.keepAlive = { enable: Boolean(options.keepAlive), initialDelay: Math.max(0, ~~options.keepAliveInitialDelay),
                       interval: ~~options.keepAliveInterval, count: ~~options.keepAliveCount };
  if (typeOfService !== undefined && stock.Socket.prototype.setTypeOfService)
    result.typeOfService = check.byte(typeOfService, 'options.typeOfService');
  if (blockList !== undefined)
    result.blockList = listOfOption(blockList);
  if (typeof onread?.callback === 'function' && (onread.buffer instanceof Uint8Array || typeof onread.buffer === 'function'))
    result.onread = nativeOnRead(socket, onread);
  if (signal !== undefined && signal !== null) {
    const { stop, release } = signals.follow(signal, 'signal', (reason) => { socket[kReason] = reason; });
    result.signal = stop;
    socket[kRelease] = release;
  }
  let { fd } = options;
  if (options.handle instanceof BoundSocket)
    result.handle = options.handle[kBound];
  else if (options.handle)
    fd = handed(options.handle);
  if (fd !== undefined) {
    const type = guessHandleType(fd);
    if (type !== 'PIPE' && type !== 'TCP')
      throw coded('ERR_INVALID_FD_TYPE', `Unsupported fd type: ${type}`);
    Object.assign(result, { fd, readable: options.readable !== false, writable: options.writable !== false });
  }
  return result;
}

// A handle of Node's own becomes ours with what it holds.
function handed(handle) {
  const fd = native.duplicate(handle.fd ?? -1);
  if (fd < 0)
    throw invalidValue('options.handle', handle, 'has no descriptor');
  if (!handle[kOwner])
    handle.close?.();
  return fd;
}

// The buffer of each read is asked for, and told with the bytes that are in it.
function nativeOnRead(socket, { buffer, callback }) {
  let current = buffer;
  return {
    supply: () => (current = typeof buffer === 'function' ? buffer() : buffer),
    callback: (count) => callback.call(socket, count, current) !== false,
  };
}

Object.defineProperty(StreamFace.prototype, kNotified, {
  value(signal, args) {
    switch (signal) {
      case 'closed':
        if (this[kHandle].get('destroyed'))
          forget(this);
        this[kRelease]?.();
        // Without a handle there never was, Node does not say whether there was an error.
        return this[kResource] ? this.emit('close', args[0]) : this.emit('close');
      case 'errorOccurred': {
        const error = given(this, args[0]);
        this[kErrored] ??= error;
        return this.emit('error', error);
      }
      case 'lookup': {
        const [error, address, family, host] = args;
        return error ? this.emit('lookup', given(this, error), undefined, undefined, host)
          : this.emit('lookup', null, address, family, host);
      }
      // A path has neither port nor family.
      case 'connectionAttempt':
      case 'connectionAttemptFailed':
      case 'connectionAttemptTimeout': {
        const [address, port, family, error] = args;
        const told = family ? [address, port, family] : [address, undefined, undefined];
        return this.emit(signal, ...told, ...(error ? [fromNative(error)] : []));
      }
      case 'piped':
        return this.emit('pipe', known.get(args[0]));
      case 'unpiped':
        return this.emit('unpipe', known.get(args[0]), { hasUnpiped: false });
      case 'data':
      case 'text':
        this.emit('data', ...args);
        return this[kTaken]?.();
      default:
        return this.emit(events[signal], ...args);
    }
  },
});

// Connecting ----------------------------------------------------------------------------------------------------

Socket.prototype.connect = function(...args) {
  const { options, callback } = check.normalize(args);
  if (options.port === undefined && options.path == null)
    throw coded('ERR_MISSING_ARGS', 'The "options" or "port" or "path" argument must be specified');
  if (callback)
    this.once('connect', callback);
  this[kErrored] = this[kView] = undefined;
  this[kPath] = Boolean(options.path);
  const native_ = connectOptions(this, options);
  keep(this, this[kPath] ? 'PIPEWRAP' : 'TCPWRAP');
  if (channel.hasSubscribers)
    channel.publish({ socket: this });
  this[kHandle].connectTo(native_);
  return this;
};

function connectOptions(socket, options) {
  if (options.path) {
    if (typeof options.path !== 'string')
      throw invalidType('options.path', 'of type string', options.path);
    return { path: options.path };
  }
  const { hints, localAddress, localPort, autoSelectFamily, autoSelectFamilyAttemptTimeout, lookup } = options;
  const host = options.host || 'localhost';
  if (localAddress && !native.isIP(String(localAddress)))
    throw coded('ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${localAddress}`);
  if (localPort)
    check.number(localPort, 'options.localPort');
  if (typeof options.port !== 'number' && typeof options.port !== 'string')
    throw invalidType('options.port', 'one of type number or string', options.port);
  const port = check.port(options.port);
  if (autoSelectFamily != null)
    check.boolean(autoSelectFamily, 'options.autoSelectFamily');
  if (autoSelectFamilyAttemptTimeout != null)
    check.int32(autoSelectFamilyAttemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);
  const family = { IPv4: 4, IPv6: 6 }[options.family] ?? options.family;
  const result = { port, host: String(host), family, hints, localAddress, localPort, autoSelectFamily,
                   autoSelectFamilyAttemptTimeout };
  if (native.isIP(String(host)))
    return result;
  if (lookup != null) {
    check.callable(lookup, 'options.lookup');
    result.lookup = nativeLookup(socket, options, result);
  } else {
    check.lookup(host, family, hints);
  }
  return result;
}

// Node's resolvers are asked for all addresses where families are chosen.
function nativeLookup(socket, { lookup, hints }, { port, family, localAddress, autoSelectFamily }) {
  // As Node asks on its own account.
  const question = { family, hints: hints || (family === 4 || family === 6 ? 0 : dns.ADDRCONFIG) };
  if ((autoSelectFamily ?? native.autoSelectFamily()) && family !== 4 && family !== 6 && !localAddress)
    question.all = true;
  return (host, number, answer) => {
    lookup(host, question, (error, address, version) => {
      if (error)
        return answer(give(socket, error), []);
      const all = Array.isArray(address) ? address : [{ address, family: version }];
      // Only in JavaScript is the family said beside the address.
      const right = all.filter((one) => !native.isIP(String(one.address)) || one.family === 4 || one.family === 6);
      if (all.length && !right.length)
        return answer(give(socket, invalidFamily(all[0].family, host, port)), []);
      answer(null, right.map((one) => String(one.address)));
    });
  };
}

// Closing and settings --------------------------------------------------------------------------------------------

Socket.prototype.end = function(data, encoding, callback) {
  if (typeof data === 'function')
    [data, encoding, callback] = [undefined, undefined, data];
  else if (typeof encoding === 'function')
    [encoding, callback] = [undefined, encoding];
  const bytes = data == null ? Buffer.alloc(0) : bytesOf(this, data, encoding);
  if (typeof callback === 'function')
    this[kHandle].endWith(bytes, (error) => callback.call(this, error ? given(this, error) : null));
  else if (bytes.length)
    this[kHandle].invoke('end', bytes);
  else
    this[kHandle].invoke('end');
  return this;
};

StreamFace.prototype.destroy = function(error, callback) {
  // Called on a socket of another kind.
  if (!this[kHandle])
    return stock.Socket.prototype.destroy.call(this, error, callback);
  if (!this.destroyed)
    keep(this);
  if (typeof callback === 'function')
    this.once('close', () => callback(error ?? null));
  if (error === undefined || error === null)
    return told(this, 'destroy');
  if (!this.destroyed)
    this[kErrored] = error;
  return told(this, 'destroy', give(this, error));
};

Socket.prototype.destroySoon = function() { told(this, 'destroySoon'); };

Socket.prototype.resetAndDestroy = function() {
  // What libnet reports later, Node throws.
  if (this[kPath] && this._handle)
    throw coded('ERR_INVALID_HANDLE_TYPE', 'This handle type cannot be sent');
  keep(this);
  return told(this, 'resetAndDestroy');
};

Socket.prototype._reset = function() { return this.resetAndDestroy(); };

Socket.prototype._destroy = function(error, callback) {
  told(this, 'destroy', ...(error ? [give(this, error)] : []));
  callback(error);
};

Socket.prototype.setTimeout = function(msecs, callback) {
  if (this.destroyed)
    return this;
  const delay = check.milliseconds(msecs, 'msecs');
  if (callback !== undefined) {
    check.callable(callback, 'callback');
    delay ? this.once('timeout', callback) : this.removeListener('timeout', callback);
  }
  this[kTimeout] = msecs;
  return told(this, 'setTimeout', delay);
};

Object.defineProperty(StreamFace.prototype, 'timeout', {
  get() { return this[kTimeout]; },
  set(msecs) { this[kTimeout] = msecs; },
  configurable: true,
});

Socket.prototype._onTimeout = function() { this.emit('timeout'); };
Socket.prototype._unrefTimer = function() {};
Socket.prototype.setNoDelay = function(enable) {
  return told(this, 'setNoDelay', enable === undefined ? true : Boolean(enable));
};
Socket.prototype.setKeepAlive = function(enable, initialDelay, interval, count) {
  this[kHandle].keepAlive(Boolean(enable), ~~initialDelay, ~~(interval ?? 0), ~~(count ?? 0));
  return this;
};
Socket.prototype.setTypeOfService = function(tos) {
  const error = this[kHandle].invoke('setTypeOfService', check.byte(tos, 'tos'));
  if (error)
    throw fromNative(error);
  return this;
};
Socket.prototype.getTypeOfService = function() { return this[kHandle].invoke('typeOfService'); };
Socket.prototype.ref = function() { return told(this, 'ref'); };
Socket.prototype.unref = function() { return told(this, 'unref'); };

function told(socket, name, ...args) {
  socket[kHandle].invoke(name, ...args);
  return socket;
}

// What Node's own functions are made of, for those who call it --------------------------------------------------

Socket.prototype.pause = function() { return told(this, 'pause'); };
Socket.prototype.resume = function() { return told(this, 'resume'); };

Socket.prototype.read = function(size) {
  if (size === 0)
    return null;
  // As Node reads what is no integer: what is no number either asks for everything.
  const count = Number.isInteger(size) ? size : Number.parseInt(size, 10);
  const bytes = Number.isNaN(count) ? this[kHandle].invoke('read') : this[kHandle].invoke('read', count);
  this[kTaken]?.();
  return !bytes.length ? null : this.readableEncoding ? bytes.toString(this.readableEncoding) : bytes;
};

Socket.prototype._read = function(size) {};
Socket.prototype._final = function(callback) { this.end(callback); };
Socket.prototype._write = function(data, encoding, callback) { this.write(data, encoding, callback); };
Socket.prototype._writev = function(chunks, callback) {
  chunks.forEach(({ chunk, encoding }, i) =>
    this.write(chunk, encoding, i === chunks.length - 1 ? callback : undefined));
};
Socket.prototype._writeGeneric = function(writev, data, encoding, callback) {
  return writev ? this._writev(data, callback) : this._write(data, encoding, callback);
};

addFacts(Socket);

module.exports = { Socket, kAccepted, kPath, kResource };
