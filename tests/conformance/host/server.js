'use strict';

const { coded, fromNative, invalidType, invalidValue } = require('./errors.js');
const { HandleEmitter, kHandle } = require('./handle.js');
const { Socket, kServer } = require('./socket.js');
const check = require('./arguments.js');
const native = require('./host.node');

const signals = { connection: ['connection'], listening: ['listening'], drop: ['drop'] };

class Server extends HandleEmitter {
  constructor(options, listener) {
    super();
    if (typeof options === 'function')
      [options, listener] = [{}, options];
    else if (options != null && typeof options !== 'object')
      throw invalidType('options', 'of type object', options);
    if (options?.keepAliveInitialDelay !== undefined)
      check.number(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    this.attach(native.createServer(options ?? {}), signals, ['closed', 'errorOccurred']);
    if (typeof listener === 'function')
      this.on('connection', listener);
  }

  notified(signal, args) {
    switch (signal) {
      case 'closed':
        this.forget();
        return this.emit('close');
      case 'errorOccurred':
        return this.emit('error', fromNative(args[0]));
      case 'connection': {
        const socket = new Socket({ [kHandle]: args[0] });
        socket[kServer] = this;
        return this.emit('connection', socket);
      }
      case 'drop':
        return this.emit('drop', ...Server.ends(args[0]));
      default:
        return this.emit(signal, ...args);
    }
  }

  // Node tells nothing about the ends of local sockets.
  static ends({ local, remote }) {
    if (local?.family === 'Local')
      return [];
    return [{ localAddress: local?.address, localPort: local?.port, localFamily: local?.family,
              remoteAddress: remote?.address, remotePort: remote?.port, remoteFamily: remote?.family }];
  }

  listen(...args) {
    const { options, callback } = check.normalize(args);
    // What libnet reports later, Node throws.
    if (this.listening)
      throw coded('ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.');
    if (callback)
      this.once('listening', callback);
    const backlog = options.backlog || check.natural(args.length > 1 && args[1]) ||
      check.natural(args.length > 2 && args[2]) || undefined;
    if (typeof options.fd === 'number' && options.fd >= 0) {
      this.keep();
      this[kHandle].listenDescriptor(options.fd);
      return this;
    }
    const any = args.length === 0 || typeof args[0] === 'function' || options.port === null ||
      ('port' in options && options.port === undefined);
    const port = any ? 0 : options.port;
    const { exclusive, ipv6Only, reusePort, readableAll, writableAll } = options;
    const rest = { backlog, exclusive, ipv6Only, reusePort, readableAll, writableAll };
    if (typeof port === 'number' || typeof port === 'string') {
      this.listenTo({ ...rest, port: check.port(port, 'options.port'), host: options.host });
    } else if (options.path && check.isPath(options.path)) {
      this.listenTo({ ...rest, path: options.path });
    } else {
      const named = 'port' in options || 'path' in options;
      throw invalidValue('options', options, named ? undefined : 'must have the property "port" or "path"');
    }
    return this;
  }

  listenTo(options) {
    this.keep();
    this[kHandle].listenTo(options);
  }

  close(callback) {
    this.keep();
    if (typeof callback !== 'function') {
      this[kHandle].invoke('close');
      return this;
    }
    // libnet's callback learns how it went; the listener calls back in its place among the others.
    let outcome;
    this.once('close', () => callback(...outcome));
    this[kHandle].closeWith((error) => { outcome = error ? [fromNative(error)] : []; });
    this.hearAgain('closed');
    return this;
  }

  address() {
    const bound = this[kHandle].invoke('address');
    return bound?.family === 'Local' ? bound.address : bound;
  }

  getConnections(callback) {
    this[kHandle].getConnections((error, count) => callback(fromNative(error) ?? null, count));
    return this;
  }

  get listening() { return this[kHandle].get('listening'); }

  get maxConnections() {
    const count = this[kHandle].get('maxConnections');
    return count < 0 ? undefined : count;
  }

  set maxConnections(count) { this[kHandle].set('maxConnections', count ?? -1); }

  ref() {
    this[kHandle].invoke('ref');
    return this;
  }

  unref() {
    this[kHandle].invoke('unref');
    return this;
  }
}

module.exports = { Server };
