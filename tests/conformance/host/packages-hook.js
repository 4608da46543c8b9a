'use strict';
// As hook.js, and the packages in node_modules get libnet as well.

require('./redirect.js')(require.resolve('./net.js'), true);
