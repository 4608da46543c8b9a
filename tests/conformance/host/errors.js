'use strict';
// net::Error as Node's Error, and what Node throws for arguments that a compiler would have refused.

const { inspect } = require('node:util');

// Which of JavaScript's classes carries a code of Node's; Error where nothing is said.
const classes = {
  ERR_INVALID_ADDRESS_FAMILY: RangeError,
  ERR_INVALID_ARG_TYPE: TypeError,
  ERR_INVALID_ARG_VALUE: TypeError,
  ERR_INVALID_FD_TYPE: TypeError,
  ERR_INVALID_HANDLE_TYPE: TypeError,
  ERR_INVALID_IP_ADDRESS: TypeError,
  ERR_METHOD_NOT_IMPLEMENTED: Error,
  ERR_MISSING_ARGS: TypeError,
  ERR_OUT_OF_RANGE: RangeError,
  ERR_SOCKET_BAD_PORT: RangeError,
  ERR_STREAM_NULL_VALUES: TypeError,
  ERR_UNKNOWN_ENCODING: TypeError,
};

// A failed lookup has a number of Node's own.
const lookupNumbers = { EAI_AGAIN: -3001, EAI_FAIL: -3004, EAI_MEMORY: -3006, ENOTFOUND: -3008 };

/// An error of Node's own, with a code instead of an errno.
function coded(code, message) {
  const error = new (classes[code] ?? Error)(message);
  Object.defineProperty(error, 'toString', {
    value() { return `${this.name} [${code}]: ${this.message}`; },
    configurable: true, enumerable: false, writable: true,
  });
  error.code = code;
  return error;
}

/// What Node's error would be for `given`, a net::Error; undefined for none.
/// `reason`: of the signal, if it was aborted.
function fromNative(given, reason) {
  if (!given)
    return undefined;
  if (given.errors.length) {
    const error = new AggregateError(given.errors.map((part) => fromNative(part)), given.message);
    error.code = given.code;
    return error;
  }
  if (given.code.startsWith('ERR_'))
    return coded(given.code, given.message);
  if (given.code === 'ABORT_ERR') {
    const error = new Error(given.message, reason === undefined ? undefined : { cause: reason });
    error.code = given.code;
    error.name = 'AbortError';
    return error;
  }
  const error = new Error(given.message);
  if (!given.syscall) {
    error.code = given.code;
    return error;
  }
  error.errno = given.syscall === 'getaddrinfo' ? lookupNumbers[given.code] : -given.errorNumber;
  error.code = given.code;
  error.syscall = given.syscall;
  if (given.host)
    error.hostname = given.host;
  if (given.address)
    error.address = given.address;
  // A path to listen on has the port -1.
  if (given.path ? given.syscall === 'listen' : given.port >= 0)
    error.port = given.port;
  if (given.localAddress) {
    error.localAddress = given.localAddress;
    error.localPort = given.localPort;
  }
  return error;
}

function received(value) {
  if (value == null)
    return `Received ${value}`;
  if (typeof value === 'function')
    return `Received function ${value.name}`;
  if (typeof value === 'object') {
    if (value.constructor?.name)
      return `Received an instance of ${value.constructor.name}`;
    return `Received ${inspect(value, { depth: -1 })}`;
  }
  let text = inspect(value, { colors: false });
  if (text.length > 28)
    text = `${text.slice(0, 25)}...`;
  return `Received type ${typeof value} (${text})`;
}

function invalidType(name, expected, value) {
  const kind = name.includes('.') ? 'property' : 'argument';
  return coded('ERR_INVALID_ARG_TYPE', `The "${name}" ${kind} must be ${expected}. ${received(value)}`);
}

function invalidValue(name, value, reason = 'is invalid') {
  const kind = name.includes('.') ? 'property' : 'argument';
  return coded('ERR_INVALID_ARG_VALUE', `The ${kind} '${name}' ${reason}. Received ${inspect(value)}`);
}

function outOfRange(name, range, value) {
  return coded('ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${range}. Received ${value}`);
}

function badPort(name, value) {
  return coded('ERR_SOCKET_BAD_PORT', `${name} should be >= 0 and < 65536. ${received(value)}.`);
}

function invalidFamily(family, host, port) {
  return Object.assign(coded('ERR_INVALID_ADDRESS_FAMILY', `Invalid address family: ${family} ${host}:${port}`),
                       { host, port });
}

module.exports = { badPort, coded, fromNative, invalidFamily, invalidType, invalidValue, outOfRange, received };
