'use strict';

const { coded, fromNative, invalidType } = require('./errors.js');
const { HandleEmitter, kHandle } = require('./handle.js');
const check = require('./arguments.js');
const native = require('./host.node');

const kEncoding = Symbol('encoding');
const kServer = Symbol('server');

const signals = {
  connect: ['connected'], ready: ['ready'], data: ['data', 'text'], readable: ['readyRead'], end: ['ended'],
  drain: ['drain'], finish: ['finish'], lookup: ['lookup'], timeout: ['timedOut'], pause: ['paused'],
  resume: ['resumed'], connectionAttempt: ['connectionAttempt'],
  connectionAttemptFailed: ['connectionAttemptFailed'], connectionAttemptTimeout: ['connectionAttemptTimeout'],
};
const events = Object.fromEntries(
  Object.entries(signals).flatMap(([event, names]) => names.map((name) => [name, event])));

const encodings = {
  'utf8': 'Utf8', 'utf-8': 'Utf8', 'ucs2': 'Utf16le', 'ucs-2': 'Utf16le', 'utf16le': 'Utf16le',
  'utf-16le': 'Utf16le', 'latin1': 'Latin1', 'binary': 'Latin1', 'ascii': 'Ascii', 'hex': 'Hex',
  'base64': 'Base64', 'base64url': 'Base64url',
};

function encodingNamed(name) {
  const known = encodings[String(name).toLowerCase()];
  if (!known)
    throw coded('ERR_UNKNOWN_ENCODING', `Unknown encoding: ${name}`);
  return known;
}

class Socket extends HandleEmitter {
  constructor(options) {
    super();
    if (typeof options === 'number')
      options = { fd: options };
    const handle = options?.[kHandle] ?? native.createSocket({
      ...options,
      readable: options?.fd !== undefined && options.readable !== false,
      writable: options?.fd !== undefined && options.writable !== false,
    });
    this[kServer] = null;
    this.attach(handle, signals, ['closed', 'errorOccurred']);
    if (options?.[kHandle] || options?.fd !== undefined)
      this.keep();
  }

  notified(signal, args) {
    switch (signal) {
      case 'closed':
        this.forget();
        return this.emit('close', args[0]);
      case 'errorOccurred':
        return this.emit('error', this.given(args[0]));
      case 'lookup': {
        const [error, address, family, host] = args;
        return error ? this.emit('lookup', fromNative(error), undefined, undefined, host)
          : this.emit('lookup', null, address, family, host);
      }
      // A path has neither port nor family.
      case 'connectionAttempt':
      case 'connectionAttemptFailed':
      case 'connectionAttemptTimeout': {
        const [address, port, family, error] = args;
        const known = family ? [address, port, family] : [address, undefined, undefined];
        return this.emit(signal, ...known, ...(error ? [fromNative(error)] : []));
      }
      default:
        return this.emit(events[signal], ...args);
    }
  }

  connect(...args) {
    const { options, callback } = check.normalize(args);
    if (callback)
      this.once('connect', callback);
    if (options.port === undefined && options.path == null)
      throw coded('ERR_MISSING_ARGS', 'The "options" or "port" or "path" argument must be specified');
    this.keep();
    this[kHandle].connectTo(Socket.connectOptions(options));
    return this;
  }

  static connectOptions(options) {
    if (options.path) {
      if (typeof options.path !== 'string')
        throw invalidType('options.path', 'of type string', options.path);
      return { path: options.path };
    }
    const { host, hints, localAddress, localPort, autoSelectFamily, autoSelectFamilyAttemptTimeout } = options;
    if (localAddress && !native.isIP(String(localAddress)))
      throw coded('ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${localAddress}`);
    if (localPort)
      check.number(localPort, 'options.localPort');
    if (typeof options.port !== 'number' && typeof options.port !== 'string')
      throw invalidType('options.port', 'one of type number or string', options.port);
    if (autoSelectFamily != null)
      check.boolean(autoSelectFamily, 'options.autoSelectFamily');
    if (autoSelectFamilyAttemptTimeout != null)
      check.int32(autoSelectFamilyAttemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);
    const family = { IPv4: 4, IPv6: 6 }[options.family] ?? options.family;
    return { port: check.port(options.port), host, family, hints, localAddress, localPort, autoSelectFamily,
             autoSelectFamilyAttemptTimeout };
  }

  // Writing ---------------------------------------------------------------------------------------------------

  write(data, encoding, callback) {
    if (typeof encoding === 'function')
      [encoding, callback] = [undefined, encoding];
    if (data === null)
      throw coded('ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
    if (typeof data !== 'string' && !ArrayBuffer.isView(data))
      throw invalidType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
    const name = encodingNamed(encoding || this[kEncoding] || 'utf8');
    if (typeof callback === 'function')
      return this[kHandle].writeWith(this.bytes(data, encoding), (error) => callback(this.outcome(error)));
    return typeof data === 'string' ? this[kHandle].invoke('write', data, name)
      : this[kHandle].invoke('write', this.bytes(data));
  }

  end(data, encoding, callback) {
    if (typeof data === 'function')
      [data, encoding, callback] = [undefined, undefined, data];
    else if (typeof encoding === 'function')
      [encoding, callback] = [undefined, encoding];
    if (data != null && typeof data !== 'string' && !ArrayBuffer.isView(data))
      throw invalidType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
    const bytes = data == null ? Buffer.alloc(0) : this.bytes(data, encoding);
    if (typeof callback === 'function')
      this[kHandle].endWith(bytes, (error) => callback(this.outcome(error)));
    else if (bytes.length)
      this[kHandle].invoke('end', bytes);
    else
      this[kHandle].invoke('end');
    return this;
  }

  bytes(data, encoding) {
    if (typeof data === 'string')
      return Buffer.from(data, encoding || this[kEncoding] || 'utf8');
    return data instanceof Uint8Array ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  }

  outcome(error) {
    return error ? this.given(error) : null;
  }

  cork() { this.told('cork'); }
  uncork() { this.told('uncork'); }

  setDefaultEncoding(encoding) {
    encodingNamed(encoding);
    this[kEncoding] = encoding;
    return this;
  }

  // Reading ---------------------------------------------------------------------------------------------------

  read(size) {
    const bytes = size === undefined ? this[kHandle].invoke('read') : this[kHandle].invoke('read', size);
    return bytes.length ? bytes : null;
  }

  unshift(data, encoding) { return this.told('unshift', this.bytes(data, encoding)); }
  pause() { return this.told('pause'); }
  resume() { return this.told('resume'); }
  isPaused() { return this[kHandle].invoke('isPaused'); }
  setEncoding(encoding) { return this.told('setEncoding', encodingNamed(encoding || 'utf8')); }

  pipe(destination, options) {
    this[kHandle].pipe(destination[kHandle], options?.end !== false);
    return destination;
  }

  unpipe(destination) {
    this[kHandle].unpipe(destination?.[kHandle]);
    return this;
  }

  // Closing and settings --------------------------------------------------------------------------------------

  destroy(error) {
    this.keep();
    return error === undefined || error === null ? this.told('destroy') : this.told('destroy', this.give(error));
  }

  destroySoon() { this.told('destroySoon'); }

  resetAndDestroy() {
    this.keep();
    return this.told('resetAndDestroy');
  }

  setTimeout(msecs, callback) {
    const delay = check.milliseconds(msecs, 'msecs');
    if (callback !== undefined) {
      check.callable(callback, 'callback');
      delay ? this.once('timeout', callback) : this.removeListener('timeout', callback);
    }
    return this.told('setTimeout', delay);
  }

  setNoDelay(enable) { return this.told('setNoDelay', enable === undefined ? true : Boolean(enable)); }

  setKeepAlive(enable, initialDelay) {
    return this.told('setKeepAlive', Boolean(enable), ~~initialDelay);
  }

  ref() { return this.told('ref'); }
  unref() { return this.told('unref'); }

  told(name, ...args) {
    this[kHandle].invoke(name, ...args);
    return this;
  }

  // State -----------------------------------------------------------------------------------------------------

  address() {
    const { address, family, port } = this[kHandle].invoke('address') ?? {};
    return address === undefined || family === 'Local' ? {} : { address, family, port };
  }

  get readyState() {
    const state = this[kHandle].get('readyState');
    return state[0].toLowerCase() + state.slice(1);
  }

  get server() { return this[kServer]; }
  set server(server) { this[kServer] = server; }
  get bufferSize() { return this.pending && !this.connecting ? undefined : this.writableLength; }
}

const properties = [
  'connecting', 'pending', 'destroyed', 'readable', 'writable', 'bytesRead', 'bytesWritten', 'writableLength',
  'writableHighWaterMark', 'writableNeedDrain', 'writableEnded', 'writableFinished', 'writableCorked',
  'readableEnded', 'readableFlowing', 'readableHighWaterMark', 'readableLength', 'localAddress', 'localPort', 'localFamily',
  'remoteAddress', 'remotePort', 'remoteFamily', 'timeout', 'autoSelectFamilyAttemptedAddresses',
];
// Node leaves undefined what is not known.
const absent = new Set(['localAddress', 'localPort', 'localFamily', 'remoteAddress', 'remotePort', 'remoteFamily',
                        'timeout', 'autoSelectFamilyAttemptedAddresses']);
for (const name of properties) {
  Object.defineProperty(Socket.prototype, name, {
    get() {
      const value = this[kHandle].get(name);
      return absent.has(name) && (!value || value.length === 0) ? undefined : value;
    },
    enumerable: true, configurable: true,
  });
}

module.exports = { Socket, kServer };
