'use strict';
// A path that somebody has left behind, and one that is a file.
const net = require('net');
const fs = require('fs');
const { execFileSync } = require('child_process');
const { follow, localPath } = require('./support/trace.js');

const stale = localPath();
execFileSync(process.execPath, ['-e', 'require("net").createServer().listen(process.argv[1], () => process.exit())',
                                stale], { env: { ...process.env, NODE_OPTIONS: '' } });
follow('stale', net.connect(stale)).on('close', () => {
  const file = localPath();
  fs.writeFileSync(file, '');
  follow('file', net.connect(file));
});
