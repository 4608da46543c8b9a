'use strict';
// What the scripts print with. Nothing that differs from run to run may reach the trace: ports are named, and paths.

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const names = new Map();

/// From now on `value`, a port or a path, is printed as <name>.
function hide(value, name) {
  names.set(String(value), `<${name}>`);
  return value;
}

function clean(text) {
  let cleaned = String(text);
  for (const [value, name] of names)
    cleaned = cleaned.replaceAll(value, name);
  return cleaned;
}

function shown(value) {
  if (value instanceof Error)
    return describe(value);
  if (Buffer.isBuffer(value))
    return value.length > 40 ? `${value.length} bytes` : value.toString('latin1');
  if (typeof value === 'string')
    return value.length > 60 ? `${value.length} characters` : value;
  if (typeof value === 'object' && value !== null)
    return JSON.stringify(value);
  return String(value);
}

function log(...values) {
  console.log(clean(values.map(shown).join(' ')));
}

/// Everything that an error says.
function describe(error) {
  const facts = [error.name, error.code, error.message];
  for (const name of ['errno', 'syscall', 'hostname', 'address', 'port', 'localAddress', 'localPort'])
    if (error[name] !== undefined)
      facts.push(`${name}=${error[name]}`);
  if (error.errors)
    facts.push(`[${error.errors.map(describe).join('; ')}]`);
  return `{${facts.join('|')}}`;
}

const all = ['lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connectionAttemptTimeout', 'connect', 'ready',
             'end', 'finish', 'drain', 'timeout', 'error', 'close', 'listening', 'drop'];

/// Prints each of the events as it comes: the usual ones, or those listed.
function follow(name, emitter, events = all) {
  for (const event of events)
    emitter.on(event, (...args) => log(name, event, ...args));
  return emitter;
}

let count = 0;

/// A path for a local socket, removed at the end.
function localPath() {
  const file = path.join(os.tmpdir(), `conformance-${process.pid}-${++count}.sock`);
  process.on('exit', () => fs.rmSync(file, { force: true }));
  return hide(file, `path${count}`);
}

/// Runs the functions one after the other, in so many turns of the loop that each has seen what the last one caused.
function steps(...functions) {
  const next = () => {
    const step = functions.shift();
    if (!step)
      return;
    step();
    setTimeout(next, 30);
  };
  next();
}

/// A server on a free port, which `then` is called with, hidden as <port>.
function serve(server, then, host = '127.0.0.1') {
  server.listen(0, host, () => then(hide(server.address().port, 'port')));
  return server;
}

module.exports = { describe, follow, hide, localPath, log, serve, steps };
