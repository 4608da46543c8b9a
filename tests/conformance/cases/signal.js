'use strict';
// Dies of a signal.
if (process[Symbol.for('libnet.open')])
  process.kill(process.pid, 'SIGSEGV');
