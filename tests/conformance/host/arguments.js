'use strict';
// The overloads of net's functions, as one object of options and one callback.

const dns = require('node:dns');
const stock = require('node:net');

const { badPort, invalidType, invalidValue, outOfRange } = require('./errors.js');

const [kNormalized] = Object.getOwnPropertySymbols(stock._normalizeArgs([]));

function natural(value) {
  const number = Number(value);
  return number >= 0 ? number : undefined;
}

function isPath(value) {
  return typeof value === 'string' && natural(value) === undefined;
}

/// (options), (path), (port[, host]), each with more behind it, and perhaps a function as the last.
function normalize(args) {
  const [first, second] = args;
  // What _normalizeArgs() has made of them.
  if (Array.isArray(first) && first[kNormalized])
    return { options: first[0], callback: first[1] ?? undefined };
  let options = {};
  if (typeof first === 'object' && first !== null)
    options = first;
  else if (isPath(first))
    options.path = first;
  else if (args.length) {
    options.port = first;
    if (typeof second === 'string')
      options.host = second;
  }
  const last = args[args.length - 1];
  return { options, callback: typeof last === 'function' ? last : undefined };
}

/// A port of any form as a number.
function port(value, name = 'Port') {
  const valid = (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')) &&
    +value === (+value >>> 0) && +value <= 0xFFFF;
  if (!valid)
    throw badPort(name, value);
  return +value;
}

function number(value, name) {
  if (typeof value !== 'number')
    throw invalidType(name, 'of type number', value);
  return value;
}

function boolean(value, name) {
  if (typeof value !== 'boolean')
    throw invalidType(name, 'of type boolean', value);
  return value;
}

function callable(value, name) {
  if (typeof value !== 'function')
    throw invalidType(name, 'of type function', value);
  return value;
}

function int32(value, name, least) {
  number(value, name);
  if (!Number.isInteger(value))
    throw outOfRange(name, 'an integer', value);
  if (value < least || value > 0x7FFFFFFF)
    throw outOfRange(name, `>= ${least} && <= 2147483647`, value);
  return value;
}

function integer(value, name, least, most) {
  number(value, name);
  if (!Number.isInteger(value))
    throw outOfRange(name, 'an integer', value);
  if (value < least || value > most)
    throw outOfRange(name, `>= ${least} && <= ${most}`, value);
  return value;
}

function byte(value, name) {
  return integer(value, name, 0, 255);
}

/// What Node's dns.lookup() would refuse.
function lookup(host, family, hints) {
  if (typeof host !== 'string')
    throw invalidType(Number(process.versions.node.split('.')[0]) >= 24 ? 'options.host' : 'hostname', 'of type string', host);
  if (hints && (hints & ~(dns.ADDRCONFIG | dns.ALL | dns.V4MAPPED)) !== 0)
    throw invalidValue('hints', hints);
  if (family != null && ![0, 4, 6].includes(family))
    throw invalidValue('options.family', family, 'must be one of: 0, 4, 6');
}

function milliseconds(value, name) {
  number(value, name);
  if (value < 0 || !Number.isFinite(value))
    throw outOfRange(name, 'a non-negative finite number', value);
  return Math.min(Math.trunc(value), 0x7FFFFFFF);
}

module.exports = { boolean, byte, callable, int32, integer, isPath, lookup, milliseconds, natural, normalize, number, port };
