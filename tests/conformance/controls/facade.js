'use strict';
// A control: the host's surface (an EventEmitter, with a handle behind it) over Node's own net. Every script must print
// under it what it prints under Node: so neither the surface nor the redirection makes a difference.

const EventEmitter = require('node:events');
const net = require('node:net');

const kInner = Symbol('inner');

class Facade extends EventEmitter {
  constructor(inner, always) {
    super();
    this[kInner] = inner;
    this.forwarded = new Set();
    for (const event of always)
      this.forward(event);
  }

  forward(event) {
    if (this.forwarded.has(event) || typeof event === 'symbol' || ['newListener', 'removeListener'].includes(event))
      return;
    this.forwarded.add(event);
    this[kInner].on(event, (...args) => this.emit(event, ...args.map((arg) => this.outward(arg))));
  }

  outward(value) { return value; }

  on(event, listener) {
    super.on(event, listener);
    this.forward(event);
    return this;
  }

  prependListener(event, listener) {
    super.prependListener(event, listener);
    this.forward(event);
    return this;
  }
}
Facade.prototype.addListener = Facade.prototype.on;

/// The functions and properties of a class of Node's, on what stands behind.
function delegate(Class, functions, properties) {
  for (const name of functions) {
    Class.prototype[name] = function(...args) {
      const result = this[kInner][name](...args.map((arg) => arg?.[kInner] ?? arg));
      return result === this[kInner] ? this : result;
    };
  }
  for (const name of properties) {
    Object.defineProperty(Class.prototype, name, {
      get() { return this[kInner][name]; },
      set(value) { this[kInner][name] = value; },
      enumerable: true, configurable: true,
    });
  }
}

const kWrapped = Symbol('wrapped');

class Socket extends Facade {
  constructor(options, inner = new net.Socket(options)) {
    super(inner, ['close', 'error']);
    this.server = null;
    this[kWrapped] = true;
  }

  connect(...args) {
    const last = args[args.length - 1];
    if (typeof last === 'function')
      this.once('connect', args.pop());
    this[kInner].connect(...args);
    return this;
  }

  pipe(destination, options) {
    this[kInner].pipe(destination[kInner], options);
    return destination;
  }

  setTimeout(msecs, callback) {
    this[kInner].setTimeout(msecs);
    if (callback)
      msecs ? this.once('timeout', callback) : this.removeListener('timeout', callback);
    return this;
  }
}
delegate(Socket, ['write', 'end', 'destroy', 'pause', 'resume', 'isPaused', 'unpipe', 'setEncoding', 'setDefaultEncoding',
                  'setNoDelay', 'setKeepAlive', 'cork', 'uncork', 'read', 'unshift', 'destroySoon', 'resetAndDestroy', 'ref', 'unref', 'address'],
         ['connecting', 'pending', 'destroyed', 'readable', 'writable', 'bytesRead', 'bytesWritten', 'bufferSize',
          'writableLength', 'writableHighWaterMark', 'writableNeedDrain', 'writableEnded', 'writableFinished',
          'writableCorked', 'readableEnded', 'readableFlowing', 'readableHighWaterMark', 'readableLength', 'localAddress',
          'localPort', 'localFamily', 'remoteAddress', 'remotePort', 'remoteFamily', 'timeout', 'readyState',
          'autoSelectFamilyAttemptedAddresses']);

class Server extends Facade {
  constructor(options, listener) {
    super(new net.Server(typeof options === 'function' ? {} : options), ['close', 'error']);
    listener = typeof options === 'function' ? options : listener;
    if (listener)
      this.on('connection', listener);
  }

  outward(value) {
    if (!(value instanceof net.Socket))
      return value;
    const socket = new Socket({}, value);
    socket.server = this;
    return socket;
  }

  listen(...args) {
    const last = args[args.length - 1];
    if (typeof last === 'function')
      this.once('listening', args.pop());
    this[kInner].listen(...args);
    return this;
  }

  close(callback) {
    if (typeof callback !== 'function') {
      this[kInner].close();
      return this;
    }
    let outcome = [];
    this.once('close', () => callback(...outcome));
    const open = this[kInner].listening;
    this[kInner].close();
    if (!open)
      outcome = [Object.assign(new Error('Server is not running.'), { code: 'ERR_SERVER_NOT_RUNNING' })];
    return this;
  }
}
delegate(Server, ['address', 'getConnections', 'ref', 'unref'], ['listening', 'maxConnections']);

function connect(...args) {
  const last = args[args.length - 1];
  const callback = typeof last === 'function' ? args.pop() : undefined;
  const socket = new Socket({}, net.connect(...args));
  if (callback)
    socket.once('connect', callback);
  return socket;
}

module.exports = {
  connect, createConnection: connect, createServer: (options, listener) => new Server(options, listener),
  isIP: net.isIP, isIPv4: net.isIPv4, isIPv6: net.isIPv6, Server, Socket, Stream: Socket,
};
