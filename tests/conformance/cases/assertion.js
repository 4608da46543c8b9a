'use strict';
// Finds something wrong by itself.
require('assert').strictEqual(process[Symbol.for('libnet.open')], undefined);
