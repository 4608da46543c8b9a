'use strict';
// needs node 26
// Client and server in two worlds: the abstract namespace. Before, Node filled the name up with zeros.
const { pair } = require('./support/pairs.js');

const name = (round) => ({ path: `\0conformance-pair-${process.pid}-${round}` });
pair(name, name);
