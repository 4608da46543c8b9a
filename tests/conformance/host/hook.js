'use strict';
// NODE_OPTIONS=--require=<this file> node script.js: the script's `net` is libnet.

require('./redirect.js')(require.resolve('./net.js'));
