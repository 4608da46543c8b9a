'use strict';
require('../host/redirect.js')(require.resolve('./nothing.js'));
