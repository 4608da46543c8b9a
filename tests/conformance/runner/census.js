'use strict';
// At the end of the process: how many sockets does it leave open, and how many of them does libnet know of? One line for
// bulk.js. Standard streams don't count.

const fs = require('node:fs');
const { isMainThread } = require('node:worker_threads');

if (isMainThread && process.env.LIBNET_CENSUS) {
  const { appendFileSync, readdirSync, readlinkSync } = fs;
  const census = process.env.LIBNET_CENSUS;
  const sockets = () => readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return Number(fd) > 2 && readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:');
    } catch {
      return false; // the one that the folder was read by
    }
  });
  const before = sockets().length;
  process.on('exit', () => {
    const owned = process[Symbol.for('libnet.open')]?.() ?? 0;
    appendFileSync(census, `${sockets().length - before} ${owned}\n`);
  });
}
