'use strict';
// Never ends.
if (process[Symbol.for('libnet.open')])
  setInterval(() => {}, 1000);
