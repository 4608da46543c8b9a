'use strict';
// What a descriptor is, in the words of Node's errors.

const fs = require('node:fs');

const { invalidType, outOfRange } = require('./errors.js');

function guessHandleType(fd) {
  if (typeof fd !== 'number')
    throw invalidType('fd', 'of type number', fd);
  if (!Number.isInteger(fd) || fd < 0 || fd > 0x7FFFFFFF)
    throw outOfRange('fd', Number.isInteger(fd) ? '>= 0 && <= 2147483647' : 'an integer', fd);
  let kind;
  try {
    kind = fs.fstatSync(fd);
  } catch {
    return 'UNKNOWN';
  }
  if (kind.isSocket())
    return 'TCP';
  return kind.isFIFO() ? 'PIPE' : kind.isFile() ? 'FILE' : 'UNKNOWN';
}

module.exports = { guessHandleType };
