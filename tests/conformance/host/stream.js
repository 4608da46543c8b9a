'use strict';
// What a socket has of a stream: the names are Node's, the rules are libnet's. Nothing of stream.Duplex runs but what
// needs no state of a stream's own (its iterators and operators, which are built on read() and the events).

const EventEmitter = require('node:events');
const { Duplex } = require('node:stream');

const { coded, invalidType } = require('./errors.js');
const { given, kHandle, unwatch, watch } = require('./handle.js');

const kEncoding = Symbol('encoding');
const kReadEncoding = Symbol('readEncoding');
const kErrored = Symbol('errored');
const kHeld = Symbol('held');
const kStates = Symbol('states');
const kTaken = Symbol('taken');
const kForced = Symbol('forced');
const kLeave = Symbol('leave');

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

function StreamFace(options) {
  EventEmitter.call(this, options);
}
StreamFace.prototype = Object.create(Duplex.prototype);
Object.setPrototypeOf(StreamFace, Duplex);

function define(names) {
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(names)))
    Object.defineProperty(StreamFace.prototype, name, { ...descriptor, enumerable: false, configurable: true });
}

function bytesOf(socket, data, encoding) {
  if (typeof data === 'string') {
    encodingNamed(encoding || socket[kEncoding] || 'utf8');
    return Buffer.from(data, encoding || socket[kEncoding] || 'utf8');
  }
  if (!ArrayBuffer.isView(data))
    throw invalidType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  return data instanceof Uint8Array ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

// Events ----------------------------------------------------------------------------------------------------------

define({
  on(event, listener) {
    EventEmitter.prototype.on.call(this, event, listener);
    if (event === 'data' && this[kHeld]) {
      this[kHeld] = false;
      this.resume();
    }
    watch(this, event);
    return this;
  },

  prependListener(event, listener) {
    EventEmitter.prototype.prependListener.call(this, event, listener);
    watch(this, event);
    return this;
  },

  removeListener(event, listener) {
    EventEmitter.prototype.removeListener.call(this, event, listener);
    if (event === 'readable' && this.listenerCount('readable') === 0)
      unwatch(this, 'readable');
    return this;
  },

  removeAllListeners(...args) {
    EventEmitter.prototype.removeAllListeners.apply(this, args);
    if ((args.length === 0 || args[0] === 'readable'))
      unwatch(this, 'readable');
    return this;
  },

  addListener(event, listener) { return this.on(event, listener); },
  off(event, listener) { return this.removeListener(event, listener); },
});

// Writing ---------------------------------------------------------------------------------------------------------

define({
  write(data, encoding, callback) {
    if (typeof encoding === 'function')
      [encoding, callback] = [undefined, encoding];
    if (data === null)
      throw coded('ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
    if (typeof callback === 'function' || typeof data !== 'string') {
      const bytes = bytesOf(this, data, encoding);
      return typeof callback === 'function'
        ? this[kHandle].writeWith(bytes, (error) => callback.call(this, error ? given(this, error) : null))
        : this[kHandle].invoke('write', bytes);
    }
    return this[kHandle].invoke('write', data, encodingNamed(encoding || this[kEncoding] || 'utf8'));
  },

  cork() { this[kHandle].invoke('cork'); },
  uncork() { this[kHandle].invoke('uncork'); },

  setDefaultEncoding(encoding) {
    encodingNamed(encoding);
    this[kEncoding] = encoding;
    return this;
  },
});

// Reading ---------------------------------------------------------------------------------------------------------

define({
  unshift(data, encoding) {
    this[kHandle].invoke('unshift', bytesOf(this, data, encoding));
    return true;
  },

  push(data, encoding) {
    if (data !== null)
      return this[kHandle].invoke('push', bytesOf(this, data, encoding));
    this[kHandle].invoke('pushEnd');
    return false;
  },

  /// What another stream of the old kind has, pushed; it waits while there is enough.
  wrap(stream) {
    let waits = false;
    stream.on('data', (data) => {
      if (this.push(data) || !stream.pause)
        return;
      waits = true;
      stream.pause();
    });
    this[kTaken] = () => {
      if (waits && this.readableLength < this.readableHighWaterMark) {
        waits = false;
        stream.resume();
      }
    };
    stream.on('end', () => this.push(null));
    stream.on('error', (error) => this.destroy(error));
    for (const event of ['close', 'destroy'])
      stream.on(event, () => this.destroy());
    return this;
  },

  isPaused() { return this[kHandle].invoke('isPaused'); },

  setEncoding(encoding) {
    this[kHandle].invoke('setEncoding', encodingNamed(encoding || 'utf8'));
    this[kReadEncoding] = String(encoding || 'utf8').toLowerCase();
    return this;
  },

  /// Between two sockets libnet pipes; a stream of another kind is fed by our events.
  pipe(destination, options) {
    if (!(destination instanceof StreamFace) || destination.write !== StreamFace.prototype.write)
      return pipeTo(this, destination, options?.end !== false && destination !== process.stdout && destination !== process.stderr);
    this[kHandle].pipe(destination[kHandle], options?.end !== false);
    return destination;
  },

  unpipe(destination) {
    for (const pipe of this._readableState.pipes.slice()) {
      if (!destination || pipe === destination)
        pipe[kLeave].get(this)?.();
    }
    this[kHandle].unpipe(destination?.[kHandle]);
    return this;
  },
});

// What is piped to a stream of Node's: as QIODevices get it from libnet, with backpressure and its events.
function pipeTo(source, destination, end) {
  const { pipes } = source._readableState;
  const write = (data) => {
    if (destination.write(data) === false) {
      source.pause();
      destination.once('drain', goOn);
    }
  };
  const goOn = () => source.resume();
  const ended = () => (end ? destination.end() : leave());
  const failed = (error) => {
    leave();
    if (destination.listenerCount('error') === 0)
      destination.emit('error', error);
  };
  const leave = () => {
    destination[kLeave].delete(source);
    pipes.splice(pipes.indexOf(destination), 1);
    source.removeListener('data', write).removeListener('end', ended);
    for (const [event, listener] of [['drain', goOn], ['close', leave], ['finish', leave], ['error', failed]])
      destination.removeListener(event, listener);
    if (pipes.length === 0)
      source.pause();
    destination.emit('unpipe', source, { hasUnpiped: false });
  };
  pipes.push(destination);
  (destination[kLeave] ??= new Map()).set(source, leave);
  destination.prependListener('error', failed);
  destination.once('close', leave).once('finish', leave);
  source.on('data', write);
  source.readableEnded ? process.nextTick(ended) : source.once('end', ended);
  destination.emit('pipe', source);
  if (destination.writableNeedDrain) {
    source.pause();
    destination.once('drain', goOn);
  } else if (!source.readableFlowing) {
    source.resume();
  }
  return destination;
}

// Views of the state ------------------------------------------------------------------------------------------------

/// Properties of libnet's under the same name, read only.
function mirror(names) {
  for (const name of names) {
    Object.defineProperty(StreamFace.prototype, name, {
      get() { return this[kHandle].get(name); },
      set() {},
      configurable: true,
    });
  }
}
mirror(['destroyed', 'writableLength', 'writableHighWaterMark', 'writableNeedDrain', 'writableEnded', 'writableFinished',
        'writableCorked', 'readableEnded', 'readableHighWaterMark', 'readableLength']);

// Some users of streams forbid reading or writing by these.
for (const name of ['readable', 'writable']) {
  Object.defineProperty(StreamFace.prototype, name, {
    get() { return this[kForced]?.[name] !== false && this[kHandle].get(name) && !this[kErrored]; },
    set(value) { (this[kForced] ??= {})[name] = Boolean(value); },
    configurable: true,
  });
}

define({
  get readableFlowing() {
    if (this[kHeld])
      return null;
    return this[kHandle].get('readableFlowing') ||
      (this.isPaused() || this.listenerCount('readable') > 0 ? false : null);
  },
  // Node's http hands sockets over like this: whoever listens next has the data flow again.
  set readableFlowing(flowing) {
    if (flowing)
      this.resume();
    else
      this.pause();
    this[kHeld] = flowing === null;
  },

  get readableEncoding() { return this[kReadEncoding] ?? null; },
  get readableObjectMode() { return false; },
  get writableObjectMode() { return false; },
  get readableBuffer() { return []; },
  get writableBuffer() { return []; },
  get readableDidRead() { return this.bytesRead > this.readableLength; },
  get readableAborted() { return (this.destroyed || Boolean(this[kErrored])) && !this.readableEnded; },
  get errored() { return this[kErrored] ?? null; },
  get closed() { return this.destroyed; },
  get _readableState() { return states(this).read; },
  set _readableState(_) {},
  get _writableState() { return states(this).write; },
  set _writableState(_) {},
});

function states(socket) {
  return socket[kStates] ??= {
    read: view(socket, { pipes: [], awaitDrainWriters: null, multiAwaitDrain: false, dataEmitted: false, buffer: [] }, {
      ended: (it) => it.readableEnded,
      endEmitted: (it) => it.readableEnded,
      flowing: (it) => it.readableFlowing,
      highWaterMark: (it) => it.readableHighWaterMark,
      length: (it) => it.readableLength,
      encoding: (it) => it.readableEncoding,
      readableListening: (it) => it.listenerCount('readable') > 0,
    }),
    write: view(socket, { getBuffer: () => [], pendingcb: 0, bufferedRequestCount: 0 }, {
      ended: (it) => it.writableEnded,
      ending: (it) => it.writableEnded,
      finished: (it) => it.writableFinished,
      corked: (it) => it.writableCorked,
      needDrain: (it) => it.writableNeedDrain,
      highWaterMark: (it) => it.writableHighWaterMark,
      length: (it) => it.writableLength,
    }),
  };
}

function view(socket, own, getters) {
  const shared = {
    objectMode: () => false, constructed: () => true, autoDestroy: () => true, emitClose: () => false,
    defaultEncoding: (it) => it[kEncoding] ?? 'utf8', destroyed: (it) => it.destroyed, errored: (it) => it.errored,
    closed: (it) => it.closed, closeEmitted: (it) => it.closed, errorEmitted: (it) => Boolean(it[kErrored]),
  };
  for (const [name, get] of Object.entries({ ...shared, ...getters }))
    Object.defineProperty(own, name, { get: () => get(socket), set() {}, enumerable: true, configurable: true });
  return own;
}

module.exports = { StreamFace, bytesOf, kErrored, kTaken };
