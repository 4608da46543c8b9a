'use strict';
// An EventEmitter in front of a QObject: each event is a signal, connected once somebody listens.

const EventEmitter = require('node:events');

const { fromNative } = require('./errors.js');

const kHandle = Symbol('handle');
const kHeard = Symbol('heard');
const kGiven = Symbol('given');

// Open handles live without anybody knowing them.
const alive = new Set();

class HandleEmitter extends EventEmitter {
  /// `signals`: which signals make an event; an event that is not listed is its own signal.
  attach(handle, signals, always) {
    this[kHandle] = handle;
    this[kHeard] = new Set();
    handle.notify = (signal, ...args) => this.notified(signal, args);
    for (const signal of always)
      this.hear(signal);
    this.signals = signals;
  }

  hear(signal) {
    if (this[kHeard].has(signal))
      return;
    this[kHeard].add(signal);
    this[kHandle].listen(signal);
  }

  /// Runs before all listeners that were added so far; see Server.close().
  hearAgain(signal) {
    this[kHandle].ignore(signal);
    this[kHandle].listen(signal);
  }

  watch(event) {
    for (const signal of this.signals[event] ?? [])
      this.hear(signal);
  }

  on(event, listener) {
    super.on(event, listener);
    this.watch(event);
    return this;
  }

  prependListener(event, listener) {
    super.prependListener(event, listener);
    this.watch(event);
    return this;
  }

  keep() { alive.add(this); }
  forget() { alive.delete(this); }

  /// The error that was handed in, if it is the one that comes back.
  given(error) {
    const own = error && this[kGiven]?.find(({ code, message }) => code === error.code && message === error.message);
    return own ? own.error : fromNative(error);
  }

  /// `error` as a net::Error; any value can be thrown, and comes back as it is.
  give(error) {
    const text = (value) => (typeof value === 'string' ? value : '');
    const code = text(error?.code);
    const message = text(error?.message) || String(error);
    (this[kGiven] ??= []).push({ error, code, message });
    return { code, message };
  }
}
HandleEmitter.prototype.addListener = HandleEmitter.prototype.on;

module.exports = { HandleEmitter, kHandle };
