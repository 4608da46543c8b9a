'use strict';
// whole surface
// The defaults for trying both families belong to a thread: a worker starts with Node's own and changes no one else's.
const { Worker, isMainThread, parentPort } = require('worker_threads');
const net = require('net');
const { log } = require('./support/trace.js');

const defaults = () => [net.getDefaultAutoSelectFamily(), net.getDefaultAutoSelectFamilyAttemptTimeout()];

if (isMainThread) {
  const first = defaults();
  net.setDefaultAutoSelectFamily(!first[0]);
  net.setDefaultAutoSelectFamilyAttemptTimeout(777);
  const worker = new Worker(__filename);
  worker.on('message', ({ begun, set }) => log('worker', String(begun) === String(first), ...set));
  worker.on('exit', (code) => log('main', code, defaults()[0] === !first[0], defaults()[1]));
} else {
  const begun = defaults();
  net.setDefaultAutoSelectFamily(true);
  net.setDefaultAutoSelectFamilyAttemptTimeout(5);
  parentPort.postMessage({ begun, set: defaults() });
}
