'use strict';
// A file is sent and received, byte for byte.
// whole surface
const crypto = require('crypto');
const fs = require('fs');
const os = require('os');
const path = require('path');
const net = require('net');
const { log, serve } = require('../support/trace.js');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'conformance-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const source = path.join(folder, 'source');
const target = path.join(folder, 'target');
const bytes = Buffer.alloc(3_000_001, 'abcdefg');
fs.writeFileSync(source, bytes);
const hash = (file) => crypto.createHash('sha1').update(fs.readFileSync(file)).digest('hex');
const server = net.createServer((socket) => {
  socket.pipe(fs.createWriteStream(target)).on('finish', () => {
    log(hash(source) === hash(target), fs.statSync(target).size);
    server.close(() => log('closed'));
  });
});
serve(server, (port) => fs.createReadStream(source).pipe(net.connect(port, '127.0.0.1')));
