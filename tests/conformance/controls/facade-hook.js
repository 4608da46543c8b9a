'use strict';
require('../host/redirect.js')(require.resolve('./facade.js'));
