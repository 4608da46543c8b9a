'use strict';
// In a worker of Node's cluster: the words in which its primary is asked for a port. Who listens is libnet's.

const cluster = require('node:cluster');
const stock = require('node:net');
const { isMainThread } = require('node:worker_threads');

const native = require('./host.node');

const handles = new Map();
const announcements = new Map();
// How Node finds the server of a handle, to ask it for room and to close it.
const kNodeOwner = (() => {
  const handle = {};
  new stock.Socket({ handle, manualStart: true });
  return Object.getOwnPropertySymbols(handle).find(({ description }) => description === 'owner_symbol');
})();

/// `serverOf(handle)`: the server in front of a native one.
function install(serverOf) {
  if (!cluster.isWorker || !isMainThread)
    return;
  native.listenThrough({
    ask(ticket, native_, { where, port, fd, backlog, ipv6Only }) {
      const local = where?.family === 'Local';
      const query = {
        address: where?.address ?? null,
        port: local ? -1 : port,
        addressType: local ? -1 : where?.family === 'IPv6' ? 6 : 4,
        fd: undefined, flags: ipv6Only ? 1 : 0, backlog,
      };
      if (fd >= 0)
        Object.assign(query, { address: null, port: null, addressType: null, fd });
      const asker = {
        once(event, listener) { announcements.set(ticket, (bound) => { asker.bound = bound; listener(); }); },
        address() { return asker.bound; },
      };
      cluster._getServer(asker, query, (status, handle) => granted(ticket, status, handle, query, serverOf(native_)));
    },
    announced(ticket, bound) { announcements.get(ticket)?.(bound); },
    released(ticket) {
      announcements.delete(ticket);
      handles.get(ticket)?.close();
      handles.delete(ticket);
    },
  });
}

function granted(ticket, status, handle, { port, fd }, server) {
  const bound = {};
  // As Node finds out late: another port is none.
  if (!status && port > 0 && handle.getsockname && handle.getsockname(bound) === 0 && bound.port !== port)
    status = -98;
  if (handle)
    handles.set(ticket, handle);
  if (status) {
    native.grantListen(ticket, Math.abs(status), -1, '', 0);
    return;
  }
  handle[kNodeOwner] = server;
  if (handle.fd >= 0) {
    native.grantListen(ticket, 0, handle.fd, '', 0);
    return;
  }
  // A descriptor of the primary's is known to it only.
  handle.getsockname?.(bound);
  handle.onconnection = (_, client) => {
    native.offerConnection(ticket, client.fd);
    client.close();
  };
  // What keeps the loop is the server.
  handle.unref();
  native.grantListen(ticket, 0, -1, bound.address ?? '', bound.port ?? 0);
}

module.exports = { install };
