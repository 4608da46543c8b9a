'use strict';
// The same control for scripts that use more of the surface than an EventEmitter has (what is inherited from streams,
// classes as such, handles): Node's own net under another name. It shows that the redirection makes no difference.

const net = require('node:net');

module.exports = Object.defineProperties({}, Object.getOwnPropertyDescriptors(net));
