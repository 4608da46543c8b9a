// Workers that share, do not share, and are started in different ways; printed as a list, one line each.
'use strict';
const cluster = require('cluster');
const net = require('net');
const path = require('path');

if (cluster.isWorker)
  obey();
else
  play(process.argv[2], process.argv[3]);

// In a worker: each order is answered by one message.
function obey() {
  const servers = [];
  if (process.env.TEST_EXIT)
    process.exit(Number(process.env.TEST_EXIT));
  process.on('message', (order) => {
    const [verb, where, how] = order.split(' ');
    if (verb === 'listen') {
      const server = net.createServer((socket) => socket.end('served'));
      server.on('error', (error) => process.send(`failed ${error.code} ${error.syscall}`));
      server.on('listening', () => {
        servers.push(server);
        process.send(`listens ${server.address().port ?? 'path'}`);
      });
      if (where.startsWith('/'))
        server.listen({ path: where, exclusive: how === 'exclusive' });
      else
        server.listen({ port: Number(where), host: '127.0.0.1', exclusive: how === 'exclusive' });
    } else if (verb === 'close') {
      servers.pop().close(() => process.send('closed'));
    } else if (verb === 'tell') {
      console.log('printed');
      process.send(`args ${process.argv.slice(2)} env ${process.env.TEST_WORD} cwd ${path.basename(process.cwd())}`);
    } else if (verb === 'exit') {
      process.exit(Number(where));
    }
  });
}

async function play(scene, folder) {
  const log = (...what) => console.log(what.join(' '));
  const ports = [];
  const name = (port) => {
    if (!ports.includes(port))
      ports.push(port);
    return 'ABC'[ports.indexOf(port)];
  };
  const once = (emitter, event) => new Promise((resolve) => emitter.once(event, resolve));
  cluster.on('fork', (w) => log('fork', w.id));
  cluster.on('online', (w) => log('online', w.id));
  // Node tells it before or after what the worker says; both are waited for.
  const told = new Map();
  cluster.on('listening', (w, { port, addressType }) => told.get(w)?.(addressType === 4 ? name(port) : 'path'));
  cluster.on('disconnect', (w) => log('disconnect', w.id, w.exitedAfterDisconnect));
  cluster.on('exit', (w, code, signal) => log('exit', w.id, code || 0, signal || ''));

  const start = async (env) => {
    const w = cluster.fork(env);
    await once(w, 'online');
    return w;
  };
  // The answer; a port by its name.
  const ask = async (w, order) => {
    const answer = once(w, 'message');
    const listening = new Promise((resolve) => told.set(w, resolve));
    w.send(order);
    const [first, ...rest] = (await answer).split(' ');
    if (first !== 'listens') {
      log(w.id, first, ...rest);
      return '';
    }
    log(w.id, first, rest[0] === 'path' ? 'path' : name(Number(rest[0])), order.endsWith('exclusive') ? 'alone' : await listening);
    return rest[0];
  };
  const freePort = async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    await once(server, 'close');
    return port;
  };
  const end = async (...workers) => {
    for (const w of workers) {
      const gone = once(w, 'exit');
      w.disconnect();
      await gone;
    }
  };
  const visit = (where) => new Promise((resolve) => {
    net.connect(where, '127.0.0.1').on('data', (data) => resolve(log('client has', data))).on('error', (error) =>
      resolve(log('client fails', error.code)));
  });

  // One has the port in a way that no other can share, until it closes.
  const untilItCloses = async (first) => {
    const [a, b] = [await start(), await start()];
    const port = await ask(a, first);
    await ask(b, `listen ${port}`);
    await ask(a, 'close');
    await ask(b, `listen ${port}`);
    await end(a, b);
  };

  const scenes = {
    async shared() {
      const [a, b] = [await start(), await start()];
      for (const w of [a, b, a, b])
        await ask(w, 'listen 0');
      await end(a, b);
    },
    async exclusive() {
      const [a, b] = [await start(), await start()];
      const port = await freePort();
      await ask(a, `listen ${port}`);
      await ask(b, `listen ${port} exclusive`);
      await ask(b, `listen ${port}`);
      await end(a, b);
    },
    'exclusive first': () => untilItCloses('listen 0 exclusive'),
    async 'two exclusive'() {
      const [a, b] = [await start(), await start()];
      for (const w of [a, b]) {
        await ask(w, 'listen 0 exclusive');
        await ask(w, 'close');
      }
      await end(a, b);
    },
    'a port of chance, asked for by its number': () => untilItCloses('listen 0'),
    async 'listens again'() {
      const [a, b] = [await start(), await start()];
      const port = await freePort();
      await ask(a, `listen ${port}`);
      await ask(b, `listen ${port}`);
      await ask(a, 'close');
      await visit(port);
      await ask(a, `listen ${port}`);
      await ask(b, 'close');
      await visit(port);
      await ask(a, 'close');
      await visit(port);
      await end(a, b);
    },
    async path() {
      const [a, b] = [await start(), await start()];
      const file = path.join(folder, 's');
      await ask(a, `listen ${file}`);
      await ask(b, `listen ${file}`);
      await ask(a, 'close');
      await visit(file);
      await ask(b, 'close');
      await visit(file);
      await end(a, b);
    },
    async settings() {
      cluster.on('setup', ({ args, cwd, silent }) => log('setup', args, path.basename(cwd ?? ''), Boolean(silent)));
      cluster.setupPrimary({ args: ['one'], cwd: folder, silent: true });
      const a = await start({ TEST_WORD: 'first' });
      const printed = once(a.process.stdout, 'data');
      await ask(a, 'tell');
      log('read', String(await printed).trim());
      cluster.setupPrimary({ args: ['two', 'three'], cwd: folder, silent: true });
      const b = await start({ TEST_WORD: 'second' });
      await ask(b, 'tell');
      await end(a, b);
    },
    async 'exits at once'() {
      const w = cluster.fork({ TEST_EXIT: '3' });
      await once(w, 'exit');
      log('left', Object.keys(cluster.workers).length);
    },
    async 'killed with a signal'() {
      const w = await start();
      await ask(w, 'listen 0');
      const gone = once(w, 'exit');
      w.process.kill('SIGINT');
      await gone;
    },
    async 'one exits, one stays'() {
      const [a, b] = [await start(), await start()];
      const port = await freePort();
      await ask(a, `listen ${port}`);
      await ask(b, `listen ${port}`);
      const gone = once(a, 'exit');
      a.send('exit 4');
      await gone;
      await visit(port);
      await end(b);
      await visit(port);
    },
    async 'sent after the end'() {
      const w = await start();
      const closed = once(w, 'disconnect');
      w.disconnect();
      await closed;
      await new Promise((resolve) => w.send('late', (error) => resolve(log('sent', error?.code))));
      if (!w.isDead())
        await once(w, 'exit');
    },
  };
  await scenes[scene]();
}
