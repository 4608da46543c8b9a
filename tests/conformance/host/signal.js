'use strict';
// An AbortSignal as what asks libnet to stop.

const { invalidType } = require('./errors.js');
const native = require('./host.node');

/// A stop token's source for `signal`, and the function that lets go of it; `onAbort` runs before the stop.
function follow(signal, name, onAbort) {
  if (signal === null || typeof signal !== 'object' || !('aborted' in signal))
    throw invalidType(name, 'an instance of AbortSignal', signal);
  const stop = native.createStop();
  const abort = () => {
    onAbort(signal.reason);
    native.requestStop(stop);
  };
  if (signal.aborted) {
    abort();
    return { stop, release: () => {} };
  }
  signal.addEventListener('abort', abort, { once: true });
  return { stop, release: () => signal.removeEventListener('abort', abort) };
}

module.exports = { follow };
