'use strict';
// A path that is taken, one in a folder that is not there, and one that may be used again.
const net = require('net');
const fs = require('fs');
const { hide, localPath, log } = require('./support/trace.js');

const path = localPath();
const first = net.createServer();
first.listen(path, () => {
  const second = net.createServer();
  second.on('error', (error) => {
    log('error', error);
    const third = net.createServer();
    third.on('error', (missing) => {
      log('error', missing);
      first.close(() => {
        log('removed', !fs.existsSync(path));
        first.listen(path, () => {
          log('again', fs.existsSync(path));
          first.close();
        });
      });
    });
    third.listen(hide(`${path}.folder/x`, 'missing'));
  });
  second.listen(path);
});
