// Two workers that take one connection each, and what becomes of their clients; printed, one line each.
'use strict';
const cluster = require('cluster');
const net = require('net');

const [major, minor] = process.versions.node.split('.').map(Number);

if (cluster.isWorker) {
  const server = net.createServer((socket) => socket.write('served'));
  server.maxConnections = 1;
  server.dropMaxConnection = Boolean(process.env.TEST_DROP);
  server.on('drop', () => process.send('drop'));
  process.on('message', () => process.send('here'));
  server.listen(0, '127.0.0.1');
} else if (process.argv[2] === 'drop' && (major < 22 || (major === 22 && minor < 12))) {
  console.log('unknown');
} else {
  play(process.argv[2] === 'drop');
}

async function play(drop) {
  const log = (...what) => console.log(what.join(' '));
  const once = (emitter, event) => new Promise((resolve) => emitter.once(event, resolve));
  const workers = [];
  let port = 0;
  for (let i = 0; i < 2; ++i) {
    const w = cluster.fork({ TEST_DROP: drop ? '1' : '' });
    port = (await once(w, 'listening')).port;
    workers.push(w);
  }
  const dropped = workers.map((w) => new Promise((resolve) => w.on('message', (m) => m === 'drop' && resolve())));
  const client = (number) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.outcome = Promise.race([once(socket, 'data').then(() => 'served'), once(socket, 'close').then(() => 'closed')])
      .then((what) => log(number, what));
    return socket;
  };
  const first = client(1);
  await first.outcome;
  const second = client(2);
  await second.outcome;
  const third = client(3);
  if (drop) {
    await third.outcome;
    await dropped[0];
    log('dropped by 1');
    await client(4).outcome;
    await dropped[1];
    log('dropped by 2');
  } else {
    await once(third, 'connect');
    for (let i = 0; i < 20; ++i) {
      workers[i % 2].send('are you?');
      await once(workers[i % 2], 'message');
    }
    log('1 leaves');
    first.destroy();
    await third.outcome;
  }
  process.exit();
}
