'use strict';
// Client and server in two worlds: a local path.
const { pair } = require('./support/pairs.js');
const { localPath } = require('./support/trace.js');

const paths = [localPath(), localPath()];
pair((round) => ({ path: paths[round - 1] }), (round) => ({ path: paths[round - 1] }));
