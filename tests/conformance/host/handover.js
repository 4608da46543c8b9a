'use strict';
// Sockets and servers in messages between processes. Node's channel takes its own; here they become ours, and ours its.

const { ChildProcess } = require('node:child_process');
const stock = require('node:net');

const { kHandle, leave } = require('./handle.js');
const native = require('./host.node');

/// One of Node's own with a descriptor of its own, to be sent and then closed.
function asStock(given, Server) {
  const fd = native.duplicate(given[kHandle].invoke('socketDescriptor'));
  if (!(given instanceof Server)) {
    const sent = new stock.Socket({ fd, manualStart: true });
    // Node's protocol has the other process tell how many of a server's sockets it has.
    const { server } = given;
    if (server)
      sent.server = { _connectionKey: server._connectionKey, _connections: 0, _setupWorker: (list) => server._setupWorker(list) };
    return sent;
  }
  const server = new stock.Server();
  server._handle = stock._createServerHandle(null, null, -1, fd);
  return server;
}

// What the other process has accepted of it meanwhile is ours: nothing was read yet.
function asOurs(given, { Server, Socket }, done) {
  const fd = native.duplicate(given._handle?.fd ?? -1);
  if (given instanceof stock.Socket) {
    const counted = given.listeners('close');
    given.removeAllListeners()._handle?.close();
    const ours = new Socket({ fd, allowHalfOpen: given.allowHalfOpen });
    ours.once('close', (...how) => counted.forEach((listener) => listener.apply(given, how)));
    done(ours);
    return;
  }
  given.removeAllListeners().close();
  const server = new Server();
  server.listen({ fd }, () => done(server));
}

/// From now on `target`, a child or this process, sends and gets ours.
function adapt(target, classes) {
  const { emit, send } = target;
  const underWay = new Set();
  target.send = function(message, handle, options, callback) {
    if (!handle?.[kHandle])
      return send.apply(this, arguments);
    if (typeof options === 'function')
      [options, callback] = [undefined, options];
    const sent = asStock(handle, classes.Server);
    // As with Node, who sends a socket is rid of it, without an event.
    const rid = sent instanceof stock.Socket && !options?.keepOpen;
    if (rid)
      handle.pause();
    const { _handle: raw } = sent;
    const close = () => {
      underWay.delete(close);
      raw.close();
      if (rid)
        leave(handle);
    };
    underWay.add(close);
    return send.call(this, message, sent, options, (error) => {
      if (callback)
        callback(error);
      else if (error)
        process.nextTick(() => target.emit('error', error));
      close();
    });
  };
  target.emit = function(event, message, handle) {
    // What waits for a process that is gone gets there no more.
    if (event === 'disconnect')
      underWay.forEach((close) => close());
    if (event !== 'message' || !(handle instanceof stock.Socket || handle instanceof stock.Server))
      return emit.apply(this, arguments);
    asOurs(handle, classes, (ours) => emit.call(this, event, message, ours));
    return true;
  };
}

/// `classes`: Server and Socket of ours.
function install(classes) {
  const { spawn } = ChildProcess.prototype;
  ChildProcess.prototype.spawn = function(options) {
    // The descriptor of one of ours as a standard stream; from now on the other program reads it.
    const lent = Array.isArray(options?.stdio) ? options.stdio.filter((one) => one?.[kHandle]) : [];
    if (lent.length) {
      const descriptorOf = (one) => (lent.includes(one) ? one[kHandle].invoke('socketDescriptor') : one);
      options = { ...options, stdio: options.stdio.map(descriptorOf) };
    }
    const result = spawn.call(this, options);
    lent.forEach((one) => one[kHandle].invoke('stopReading'));
    if (this.send)
      adapt(this, classes);
    return result;
  };
  if (process.send)
    adapt(process, classes);
}

module.exports = { install };
