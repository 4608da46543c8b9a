'use strict';
require('../host/redirect.js')(require.resolve('./whole.js'));
