'use strict';
// Node's `net` on libnet. Only arguments, names and errors are converted here; whatever happens, happens in C++.

const check = require('./arguments.js');
const native = require('./host.node');
const { Server: ServerClass } = require('./server.js');
const { Socket: SocketClass } = require('./socket.js');

/// Node's classes may be called without `new`.
function callable(Class) {
  return new Proxy(Class, { apply: (target, self, args) => new target(...args) });
}

const Server = callable(ServerClass);
const Socket = callable(SocketClass);
ServerClass.prototype.constructor = Server;
SocketClass.prototype.constructor = Socket;

function connect(...args) {
  const { options } = check.normalize(args);
  const socket = new Socket(options);
  if (options.timeout)
    socket.setTimeout(options.timeout);
  return socket.connect(...args);
}

module.exports = {
  connect,
  createConnection: connect,
  createServer: (options, listener) => new Server(options, listener),
  isIP: (text) => native.isIP(String(text)),
  isIPv4: (text) => native.isIP(String(text)) === 4,
  isIPv6: (text) => native.isIP(String(text)) === 6,
  Server,
  Socket,
  Stream: Socket,
};
