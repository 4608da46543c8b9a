// A load on examples/cluster, and a worker killed every now and then: load.js <program> <rr|none> <seconds>.
// Before a worker is killed it is stopped, and the kernel asked which connections it holds: those may break, and no
// others. Prints who has answered how many.
'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const net = require('net');

const [program, policy, seconds] = process.argv.slice(2);
const Clients = 16;
const Workers = 4;
// ms for anything that should come at once. The kernel's tables are read here too, and on a busy machine with many old
// connections in them nothing else happens in this process meanwhile.
const Patience = 30_000;

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.log('skipped: needs Node 20 or newer');
  process.exit(77);
}

const failures = [];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (what, done) => {
  for (const end = Date.now() + Patience; !await done(); await sleep(5)) {
    if (Date.now() > end)
      throw new Error(`waited in vain: ${what}`);
  }
};

// The example ---------------------------------------------------------------------------------------------------

const alive = new Set(); // process ids of workers that listen
const farewell = [];
let port = 0;
let exit = null;

const primary = spawn(program, ['--port', '0', '--workers', String(Workers), '--policy', policy],
  { stdio: ['ignore', 'pipe', 'inherit'] });
primary.on('exit', (code, signal) => { exit = { code, signal }; });
let heard = '';
const numbers = new Map(); // process id by the worker's number
primary.stdout.on('data', (bytes) => {
  heard += bytes;
  const lines = heard.split('\n');
  heard = lines.pop();
  for (const line of lines) {
    let match;
    if ((match = line.match(/^worker (\d+), process (\d+), listens on .*:(\d+)$/))) {
      numbers.set(match[1], Number(match[2]));
      alive.add(Number(match[2]));
      port = Number(match[3]);
    } else if ((match = line.match(/^worker (\d+) has left/))) {
      alive.delete(numbers.get(match[1]));
    } else if (line.includes('has answered')) {
      farewell.push(line);
    }
  }
});

// What the kernel knows -----------------------------------------------------------------------------------------

const inodesOf = (pid) => fs.readdirSync(`/proc/${pid}/fd`).map((fd) => {
  try {
    return fs.readlinkSync(`/proc/${pid}/fd/${fd}`).match(/^socket:\[(\d+)\]$/)?.[1];
  } catch {
    return undefined;
  }
}).filter(Boolean);

const isStopped = (pid) => fs.readdirSync(`/proc/${pid}/task`).every((thread) => {
  const stat = fs.readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2)[0] === 'T';
});

// The clients' ports of the connections that a stopped process has accepted. The tables are no snapshot, so they are
// read again and again for sockets that were not seen; those that are over are in none, and can't break any more.
function held(pid) {
  const inodes = new Set(inodesOf(pid));
  const ports = [];
  for (let i = 0; i < 5 && inodes.size > 0; ++i) {
    for (const table of ['tcp', 'tcp6', 'unix']) {
      for (const line of fs.readFileSync(`/proc/net/${table}`, 'latin1').split('\n').slice(1)) {
        const cells = line.trim().split(/\s+/);
        const inode = table === 'unix' ? cells[6] : cells[9];
        if (inode && inodes.delete(inode) && table !== 'unix' && parseInt(cells[1].split(':').pop(), 16) === port)
          ports.push(parseInt(cells[2].split(':').pop(), 16));
      }
    }
  }
  return ports;
}

// Clients -------------------------------------------------------------------------------------------------------

const answered = new Map(); // process id: how many
const heldAt = new Map();   // a client's port: how many were killed before the one that held it
let begun = 0, finished = 0, lost = 0, killed = 0, lostSilently = 0;
let stopping = false;

// A request in two halves, so that there is always something under way.
function ask(path) {
  return new Promise((resolve) => {
    const talk = { got: '', since: killed, error: null };
    const socket = net.connect(port, '127.0.0.1');
    socket.setTimeout(Patience, () => socket.destroy(new Error('stalled')));
    socket.on('connect', () => {
      talk.port = socket.localPort;
      socket.write(`GET ${path} HTTP/1.1\r\nHost: here\r\n`);
      setTimeout(() => socket.write('\r\n', () => {}), 10);
    });
    socket.on('data', (data) => { talk.got += data; });
    socket.on('error', (error) => { talk.error = error; });
    socket.on('close', () => {
      const [head, body] = talk.got.split('\r\n\r\n');
      talk.body = body !== undefined && body.length === Number(head.match(/Content-Length: (\d+)/)?.[1]) ? body : null;
      resolve(talk);
    });
  });
}

async function client() {
  while (!stopping) {
    ++begun;
    const talk = await ask('/');
    const pid = Number(talk.body?.match(/process (\d+)/)?.[1]);
    if (pid) {
      ++finished;
      answered.set(pid, (answered.get(pid) ?? 0) + 1);
    } else if (heldAt.get(talk.port) >= talk.since) {
      ++lost;
      lostSilently += talk.got === '';
    } else {
      failures.push(`lost on port ${talk.port}, no killed worker had it: ${talk.error?.message ?? 'closed'}, ` +
        `after ${JSON.stringify(talk.got.slice(0, 80))}`);
    }
  }
}

// By the count over all workers; the one that asks is one of them.
async function countIs(expected, when) {
  let count;
  await until(`${expected} connections ${when}, and not ${count}`, async () => {
    count = Number((await ask('/connections')).body?.match(/^(\d+)/)?.[1]) - 1;
    return count === expected;
  }).catch(() => failures.push(`${when}, getConnections says ${count} instead of ${expected}`));
  console.log(`${when}: ${count} connections`);
}

// Some that are just open are counted, and no more once they are closed.
async function checkCount(when) {
  await countIs(0, when);
  const idle = [];
  for (let i = 0; i < 10; ++i)
    idle.push(net.connect(port, '127.0.0.1').on('error', (error) => failures.push(`${when}: ${error.message}`)));
  await countIs(10, `${when}, 10 open`);
  idle.forEach((socket) => socket.destroy());
  await countIs(0, `${when}, closed again`);
}

async function killOne() {
  const pids = [...alive];
  const pid = pids[Math.floor(Math.random() * pids.length)];
  process.kill(pid, 'SIGSTOP');
  await until(`${pid} stops`, () => isStopped(pid));
  for (const one of held(pid))
    heldAt.set(one, killed);
  process.kill(pid, 'SIGKILL');
  ++killed;
  alive.delete(pid);
}

async function main() {
  await until('all workers listen', () => alive.size === Workers);
  const first = [...alive];
  await checkCount('before');
  const clients = Array.from({ length: Clients }, client);
  await until('every worker answers', () => first.every((pid) => answered.has(pid)));
  for (const end = Date.now() + Number(seconds) * 1000; Date.now() < end;) {
    await sleep(50 + Math.random() * 350);
    await killOne();
    await until('a worker is replaced', () => alive.size >= 2);
  }
  await until('all workers listen again', () => alive.size === Workers);
  const last = [...alive];
  await until('every new worker answers', () => last.every((pid) => answered.has(pid)));
  stopping = true;
  await Promise.all(clients);
  await checkCount('after');
  const counts = [...answered.values()].sort((a, b) => a - b);
  console.log(`policy ${policy}: ${killed} workers killed; of ${begun} connections ${finished} were answered, ` +
    `${lost} lost with the killed worker that held them (${lostSilently} before a byte of an answer)`);
  for (const pid of first)
    console.log(`process ${pid}, of the first: ${answered.get(pid)}`);
  for (const pid of last)
    console.log(`process ${pid}, of the last: ${answered.get(pid)}`);
  console.log(`${answered.size} processes have answered, ${counts[0]} to ${counts.at(-1)} each`);
  if (begun !== finished + lost + failures.filter((text) => text.startsWith('lost')).length)
    failures.push('the account is not balanced');
}

main().catch((error) => failures.push(error.message)).finally(async () => {
  stopping = true;
  primary.kill('SIGINT');
  await until('the primary leaves', () => exit).catch((error) => {
    failures.push(error.message);
    primary.kill('SIGKILL');
  });
  if (exit?.code !== 0)
    failures.push(`the primary has left with ${JSON.stringify(exit)}`);
  if (alive.size > 0)
    failures.push(`the primary has not waited for ${alive.size} of its workers`);
  if (farewell.length < Workers)
    failures.push('the primary has not said who has answered how many');
  for (const failure of failures.slice(0, 20))
    console.log(`FAIL ${failure}`);
  process.exit(failures.length ? 1 : 0);
});
