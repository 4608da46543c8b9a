'use strict';
// net.Server.

const diagnostics = require('node:diagnostics_channel');
const EventEmitter = require('node:events');
const { getDefaultHighWaterMark } = require('node:stream');
const { isMainThread } = require('node:worker_threads');

const { coded, fromNative, invalidType, invalidValue } = require('./errors.js');
const { attach, forget, hearAgain, kHandle, keep, kNotified, watch } = require('./handle.js');
const { listOfOption } = require('./blocklist.js');
const { BoundSocket, kBound } = require('./boundsocket.js');
const { Pipe, TCP, kOwner } = require('./handleview.js');
const { Socket, kAccepted, kPath } = require('./socket.js');
const signals = require('./signal.js');
const check = require('./arguments.js');
const native = require('./host.node');

const channel = diagnostics.channel('net.server.socket');
const listens = diagnostics.tracingChannel?.('net.server.listen');

const kView = Symbol('view');
const kRelease = Symbol('release');
const kFailed = Symbol('failed');
const kRaw = Symbol('raw');
const kKey = Symbol('key');

// The servers that stand in front of native ones, for what comes from there.
const known = new WeakMap();
const signalsOf = { connection: ['connection'], listening: ['listening'], drop: ['drop'] };

function Server(options, listener) {
  if (!(this instanceof Server))
    return new Server(options, listener);
  if (typeof options === 'function')
    [options, listener] = [{}, options];
  else if (options != null && typeof options !== 'object')
    throw invalidType('options', 'of type object', options);
  EventEmitter.call(this);
  options ??= {};
  if (options.keepAliveInitialDelay !== undefined)
    check.number(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
  if (options.highWaterMark !== undefined)
    check.number(options.highWaterMark, 'options.highWaterMark');
  const { allowHalfOpen, pauseOnConnect, noDelay, keepAlive, keepAliveInitialDelay, highWaterMark, blockList } = options;
  this._usingWorkers = false;
  this._workers = [];
  this._unref = false;
  this._listeningId = 1;
  this.allowHalfOpen = Boolean(allowHalfOpen);
  this.pauseOnConnect = Boolean(pauseOnConnect);
  this.noDelay = Boolean(noDelay);
  this.keepAlive = Boolean(keepAlive);
  this.keepAliveInitialDelay = Math.max(0, ~~keepAliveInitialDelay);
  this.highWaterMark = highWaterMark >= 0 ? highWaterMark : getDefaultHighWaterMark(false);
  attach(this, native.createServer({
    allowHalfOpen: this.allowHalfOpen, pauseOnConnect: this.pauseOnConnect, noDelay: this.noDelay,
    keepAlive: this.keepAlive, keepAliveInitialDelay: this.keepAliveInitialDelay, highWaterMark: this.highWaterMark,
    blockList: blockList === undefined ? undefined : listOfOption(blockList),
  }), signalsOf, ['closed', 'errorOccurred']);
  known.set(this[kHandle], this);
  if (typeof listener === 'function')
    this.on('connection', listener);
}
// What Node's servers have as properties of their own stands in between.
const face = Object.create(EventEmitter.prototype);
Object.setPrototypeOf(Server.prototype, face);
Object.setPrototypeOf(Server, EventEmitter);

function hidden(name, value) {
  Object.defineProperty(face, name, { value, writable: true, configurable: true, enumerable: false });
}

hidden(kNotified, function(signal, args) {
  switch (signal) {
    case 'closed':
      // After a listen() that has failed libnet closes, Node does not.
      if (this[kFailed]) {
        this[kFailed] = false;
        return forget(this);
      }
      forget(this);
      this[kRelease]?.();
      this[kRaw]?.close?.();
      this[kRaw] = undefined;
      return afterWorkers(this, 'close', () => this.emit('close'), () => null);
    case 'errorOccurred':
      this[kFailed] = !this.listening;
      return this.emit('error', toldError(this, fromNative(args[0])));
    case 'listening':
      tell('asyncEnd', { server: this });
      return this.emit('listening');
    case 'connection': {
      const socket = new Socket({ [kAccepted]: args[0], allowHalfOpen: this.allowHalfOpen });
      socket[kPath] = args[0].invoke('address')?.family === 'Local';
      socket.server = socket._server = this;
      this.emit('connection', socket);
      if (channel.hasSubscribers)
        channel.publish({ socket });
      return true;
    }
    case 'drop':
      return this.emit('drop', ...ends(args[0]));
    default:
      return this.emit(signal, ...args);
  }
});

// To those who have subscribed to net.server.listen with node:diagnostics_channel.
function tell(event, message) {
  if (listens?.[event].hasSubscribers)
    listens[event].publish(message);
}

function toldError(server, error) {
  if (server[kFailed])
    tell('error', { server, error });
  return error;
}

// Node tells nothing about the ends of local sockets.
function ends({ local, remote }) {
  if (local?.family === 'Local')
    return [undefined];
  return [{ localAddress: local?.address, localPort: local?.port, localFamily: local?.family,
            remoteAddress: remote?.address, remotePort: remote?.port, remoteFamily: remote?.family }];
}

for (const name of ['on', 'prependListener']) {
  hidden(name, function(event, listener) {
    EventEmitter.prototype[name].call(this, event, listener);
    watch(this, event);
    return this;
  });
}
hidden('addListener', face.on);

Server.prototype.listen = function(...args) {
  const { options, callback } = check.normalize(args);
  // What libnet reports later, Node throws.
  if (this.listening)
    throw coded('ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.');
  if (listens?.asyncEnd.hasSubscribers)
    watch(this, 'listening');
  tell('asyncStart', { server: this, options });
  if (callback)
    this.once('listening', callback);
  const backlog = options.backlog || check.natural(args.length > 1 && args[1]) ||
    check.natural(args.length > 2 && args[2]) || undefined;
  const handle = options._handle || options.handle || options;
  this[kView] = undefined;
  if (handle instanceof BoundSocket || handle[kHandle] || handle[kOwner])
    return listenOn(this, handle[kBound] ?? (handle[kOwner] ?? handle)[kHandle], backlog);
  let stop;
  if (options.signal !== undefined) {
    const follower = signals.follow(options.signal, 'options.signal', () => {});
    stop = follower.stop;
    this[kRelease] = follower.release;
  }
  const { exclusive, ipv6Only, reusePort, readableAll, writableAll } = options;
  // Node's cluster knows nothing of threads.
  const rest = { backlog, exclusive: Boolean(exclusive) || !isMainThread, ipv6Only: Boolean(ipv6Only), reusePort: Boolean(reusePort),
                 readableAll: Boolean(readableAll), writableAll: Boolean(writableAll), signal: stop };
  if (typeof handle.fd === 'number' && handle.fd >= 0) {
    // A handle of Node's own stays as long as the server: the path of a local one goes with it.
    this[kRaw] = handle === options ? undefined : handle;
    return listenTo(this, handle === options ? { ...rest, fd: handle.fd }
      : { ...rest, fd: native.duplicate(handle.fd), exclusive: true });
  }
  const any = args.length === 0 || typeof args[0] === 'function' || options.port === null ||
    ('port' in options && options.port === undefined);
  const port = any ? 0 : options.port;
  if (typeof port === 'number' || typeof port === 'string')
    return listenTo(this, { ...rest, port: check.port(port, 'options.port'), host: options.host || undefined });
  if (options.path && check.isPath(options.path) && options.path[0] === '\0' && (readableAll || writableAll))
    throw invalidValue('options', options,
                       'can not set readableAll or writableAllt to true when path is abstract unix socket');
  if (options.path && check.isPath(options.path))
    return listenTo(this, { ...rest, path: options.path });
  const named = 'port' in options || 'path' in options;
  throw invalidValue('options', options, named ? undefined : 'must have the property "port" or "path"');
};

function listenTo(server, options) {
  server[kFailed] = false;
  // The port that was asked for is in it, not the one that came of it.
  server[kKey] = options.port;
  keep(server, options.path ? 'PIPESERVERWRAP' : 'TCPSERVERWRAP');
  server[kHandle].listenTo(options);
  return server;
}

function listenOn(server, handle, backlog = 511) {
  server[kFailed] = false;
  keep(server, 'TCPSERVERWRAP');
  server[kHandle].listenOn(handle, backlog);
  return server;
}

Server.prototype.close = function(callback) {
  keep(this);
  this[kFailed] = false;
  this[kRelease]?.();
  if (typeof callback !== 'function') {
    this[kHandle].invoke('close');
    return this;
  }
  // libnet's callback learns how it went; the listener calls back in its place among the others.
  let outcome;
  this.once('close', () => callback.call(this, ...outcome));
  this[kHandle].closeWith((error) => { outcome = error ? [fromNative(error)] : []; });
  hearAgain(this, 'closed');
  return this;
};

Server.prototype.address = function() {
  const bound = this[kHandle].invoke('address');
  return bound?.family === 'Local' ? bound.address : bound;
};

Server.prototype.getConnections = function(callback) {
  check.callable(callback, 'callback');
  this[kHandle].getConnections((error, count) => {
    const done = (failed) => callback(fromNative(error) ?? failed ?? null, failed ? undefined : count);
    afterWorkers(this, 'getConnections', done, (failed, more) => {
      count += more;
      return failed;
    });
  });
  return this;
};

// What Node's lists know of the sockets that were sent to other processes; `answered` says which errors count.
function afterWorkers(server, question, done, answered) {
  let left = server._workers.length;
  if (!left)
    return done();
  for (const list of server._workers) {
    list[question]((error, count) => {
      const failed = answered(error, count);
      if (failed)
        left = -1;
      if (failed || --left === 0)
        done(failed);
    });
  }
  return true;
}

Server.prototype.ref = function() {
  this._unref = false;
  this[kHandle].invoke('ref');
  return this;
};

Server.prototype.unref = function() {
  this._unref = true;
  this[kHandle].invoke('unref');
  return this;
};

Server.prototype._listen2 = function(address, port, addressType, backlog, fd, flags) {
  this.listen(fd >= 0 ? { fd, backlog } : { host: address ?? undefined, port, backlog });
};
Server.prototype._emitCloseIfDrained = function() {};
Server.prototype._setupWorker = function(list) {
  this._usingWorkers = true;
  this._workers.push(list);
  list.once('exit', (one) => { this._workers.splice(this._workers.indexOf(one), 1); });
};

if (Symbol.asyncDispose) {
  Server.prototype[Symbol.asyncDispose] = function() {
    return new Promise((resolve, reject) => {
      if (!this.listening)
        return resolve();
      this.close((error) => (error ? reject(error) : resolve()));
    });
  };
}

Server.prototype[Symbol.for('nodejs.rejection')] = function(error, event, socket) {
  if (event === 'connection')
    socket.destroy(error);
  else
    this.emit('error', error);
};

Object.defineProperty(Server.prototype, 'listening', {
  get() { return this[kHandle].get('listening'); },
  enumerable: true, configurable: true,
});

function property(name, get, set) {
  Object.defineProperty(face, name, { get, set, enumerable: false, configurable: true });
}

property('maxConnections', function() {
  const count = this[kHandle].get('maxConnections');
  return count < 0 ? undefined : count;
}, function(count) { this[kHandle].set('maxConnections', count ?? -1); });
property('dropMaxConnection', function() { return this[kHandle].get('dropMaxConnection'); },
         function(drop) { this[kHandle].set('dropMaxConnection', Boolean(drop)); });
property('_handle', function() {
  return this.listening ? this[kView] ??= new (typeof this.address() === 'string' ? Pipe : TCP)(this) : null;
}, function() {});
property('_connections', function() { return this[kHandle].get('connectionCount'); }, function() {});
property('_connectionKey', function() {
  const bound = this[kHandle].invoke('address');
  return bound && (bound.family === 'Local' ? `-1:${bound.address}:-1`
    : `${bound.family === 'IPv6' ? 6 : 4}:${bound.address}:${this[kKey] ?? bound.port}`);
}, function() {});

require('./cluster.js').install((handle) => known.get(handle));

module.exports = { Server };
