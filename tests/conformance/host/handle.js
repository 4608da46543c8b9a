'use strict';
// What stands between an EventEmitter and its QObject: each event is a signal, connected once somebody listens.

const { AsyncResource } = require('node:async_hooks');

const { fromNative } = require('./errors.js');

const kHandle = Symbol('handle');
const kHeard = Symbol('heard');
const kGiven = Symbol('given');
const kSignals = Symbol('signals');
const kResource = Symbol('resource');
const kNotified = Symbol('notified');
const kReason = Symbol('reason');

// Open handles live without anybody knowing them.
const alive = new Set();

function hear(emitter, signal) {
  if (emitter[kHeard].has(signal))
    return;
  emitter[kHeard].add(signal);
  emitter[kHandle].listen(signal);
}

/// `signals`: which signals make an event; those of `always` are heard from now on.
/// `emitter[kNotified](signal, arguments)` is told of each.
function attach(emitter, handle, signals, always) {
  emitter[kHandle] = handle;
  emitter[kHeard] = new Set();
  emitter[kSignals] = signals;
  // What happens to a handle happens where it was opened.
  handle.notify = (signal, ...args) => {
    const resource = emitter[kResource];
    return resource ? resource.runInAsyncScope(emitter[kNotified], emitter, signal, args)
      : emitter[kNotified](signal, args);
  };
  for (const signal of always)
    hear(emitter, signal);
}

/// Somebody listens to the event.
function watch(emitter, event) {
  for (const signal of emitter[kSignals]?.[event] ?? [])
    hear(emitter, signal);
}

/// Nobody does any more.
function unwatch(emitter, event) {
  for (const signal of emitter[kSignals]?.[event] ?? []) {
    if (emitter[kHeard].delete(signal))
      emitter[kHandle].ignore(signal);
  }
}

/// Runs before all listeners that were added so far; see Server.close().
function hearAgain(emitter, signal) {
  emitter[kHandle].ignore(signal);
  emitter[kHandle].listen(signal);
}

/// From now on the emitter is open; `kind` is what async_hooks call it.
function keep(emitter, kind) {
  alive.add(emitter);
  if (kind)
    emitter[kResource] = new AsyncResource(kind);
}

function forget(emitter) {
  alive.delete(emitter);
}

/// It has gone elsewhere: its connection stays, nobody here hears of it any more.
function leave(emitter) {
  for (const signal of emitter[kHeard])
    emitter[kHandle].ignore(signal);
  emitter[kHeard].clear();
  forget(emitter);
  emitter[kHandle].invoke('destroy');
}

/// For runner/census.js: how many are open, and known to be.
Object.defineProperty(process, Symbol.for('libnet.open'), {
  value: () => [...alive].filter((emitter) => emitter[kHandle].invoke('socketDescriptor') >= 0).length,
});

/// `error` as a net::Error; any value can be thrown, and comes back as it is.
function give(emitter, error) {
  const text = (value) => (typeof value === 'string' ? value : '');
  const code = text(error?.code);
  const message = text(error?.message) || String(error);
  (emitter[kGiven] ??= []).push({ error, code, message });
  return { code, message };
}

/// The error that was given, if it is the one that comes back.
function given(emitter, error) {
  const own = error && emitter[kGiven]?.find(({ code, message }) => code === error.code && message === error.message);
  return own ? own.error : fromNative(error, emitter[kReason]);
}

module.exports = { attach, forget, give, given, hearAgain, kHandle, keep, kNotified, kReason, kResource, leave, unwatch, watch };
