'use strict';
// whole surface
// Every name of net, its classes and their prototypes, with kind and arity, must be what stock Node has.
const EventEmitter = require('events');
const net = require('net');
const stream = require('stream');
const { describe, log } = require('./support/trace.js');

const sorted = (keys) => keys.map(String).sort();
// Symbols of modules that a script can't ask for are nobody's business but Node's.
const shared = (key) => typeof key === 'string' ||
  Symbol.keyFor(key) !== undefined ||
  /\.(asyncDispose|dispose|asyncIterator|rejection|custom)/.test(String(key));

function kind(object, key) {
  const { value, get, set, enumerable, writable, configurable } = Object.getOwnPropertyDescriptor(object, key);
  const flags = `${enumerable ? 'e' : '-'}${configurable ? 'c' : '-'}`;
  if (get || set)
    return `accessor ${get ? 'get' : ''} ${flags}`;
  return `${typeof value}${typeof value === 'function' ? ` ${value.length}` : ''} ${writable ? 'w' : '-'}${flags}`;
}

function show(name, object) {
  for (const key of Reflect.ownKeys(object).filter(shared).sort((a, b) => (String(a) < String(b) ? -1 : 1)))
    log(name, String(key), kind(object, key));
}

show('net', net);
for (const name of ['Server', 'Socket', 'BlockList', 'SocketAddress', 'BoundSocket']) {
  if (!net[name])
    continue;
  log(name, net[name].name, net[name].length);
  show(name, net[name]);
  show(`${name}.prototype`, net[name].prototype);
}
log('Stream', net.Stream === net.Socket, net.connect === net.createConnection);
log('constructor', net.Socket.prototype.constructor === net.Socket, net.Server.prototype.constructor === net.Server);

// Whatever a stream and an emitter have is there too, on an object of either class.
const socket = new net.Socket();
const server = new net.Server();
log('kinds', socket instanceof stream.Duplex, socket instanceof stream, socket instanceof EventEmitter,
    server instanceof EventEmitter, net.Socket() instanceof net.Socket, net.Server() instanceof net.Server,
    net.createServer() instanceof net.Server, socket.constructor === net.Socket);
for (const key of sorted(Reflect.ownKeys(stream.Readable.prototype).concat(Reflect.ownKeys(stream.Writable.prototype))))
  log('socket', key, typeof socket[key], typeof socket[key] === 'function' ? 'called' : String(socket[key]));
for (const name of ['allowHalfOpen', 'connecting', '_hadError', '_parent', '_host', '_sockname', '_pendingData',
                    '_pendingEncoding', 'server', '_server', '_handle', 'timeout', '_events', 'autoSelectFamilyAttemptedAddresses'])
  log('socket', name, name in socket || socket[name] === undefined, name === '_events' ? '' : String(socket[name]));
for (const name of ['_connections', '_handle', '_usingWorkers', '_workers', '_unref', '_listeningId', 'allowHalfOpen',
                    'pauseOnConnect', 'noDelay', 'keepAlive', 'keepAliveInitialDelay', 'highWaterMark', 'maxConnections',
                    'dropMaxConnection', 'listening'])
  log('server', name, name in server || server[name] !== undefined || name.endsWith('axConnections') || name === 'dropMaxConnection',
      String(server[name]) === 'false' && name === 'dropMaxConnection' ? 'undefined' : String(server[name]));
log('statics', typeof net.Socket.from, typeof net.Socket.fromWeb, typeof net.Socket.toWeb, typeof net.Server.once);

// Subclasses of both styles.
class Modern extends net.Socket {}
function Classic() { net.Socket.call(this); }
require('util').inherits(Classic, net.Socket);
for (const Class of [Modern, Classic])
  log('subclass', new Class() instanceof net.Socket, new Class().readyState, new Class().pending);
class ModernServer extends net.Server {}
function ClassicServer() { net.Server.call(this, () => {}); }
require('util').inherits(ClassicServer, net.Server);
for (const Class of [ModernServer, ClassicServer])
  log('subclass', new Class() instanceof net.Server, new Class().listening, new Class().address());

function thrown(name, attempt) {
  try {
    attempt();
    log(name, 'nothing thrown');
  } catch (error) {
    log(name, describe(error), String(error).split('\n')[0], error.constructor.name, Object.keys(error).sort());
  }
}
thrown('BlockList', () => net.BlockList());
thrown('SocketAddress', () => net.SocketAddress());
thrown('connect', () => net.connect());
thrown('port', () => net.connect(70000));
thrown('type', () => new net.Server('x'));

import('node:net').then((module) => {
  log('module', sorted(Reflect.ownKeys(module)), typeof module.default.connect);
});
