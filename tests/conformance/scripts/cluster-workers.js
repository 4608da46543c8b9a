'use strict';
// whole surface
// Workers of Node's cluster share a port and a path, whoever of them accepts; and each may have a port of its own.
const { spawn } = require('child_process');
const cluster = require('cluster');
const net = require('net');
const os = require('os');
const path = require('path');
const { hide, log } = require('./support/trace.js');

function primary(place) {
  const workers = [cluster.fork(), cluster.fork()];
  let listening = 0;
  cluster.on('listening', (worker, { address, port, addressType }) => {
    log('listening', address === place || address, port > 0, addressType);
    if (++listening === workers.length)
      connect(port > 0 ? { port, host: '127.0.0.1' } : { path: place });
  });
  const connect = (options) => {
    let left = 6;
    const answers = new Set();
    const next = () => {
      if (left-- === 0) {
        log('answers', [...answers].length > 0, 'of', workers.length);
        workers[0].disconnect();
        workers[1].send('fail');
        return;
      }
      const client = net.connect(options);
      client.setEncoding('utf8').on('data', (text) => answers.add(text)).on('close', next);
    };
    next();
  };
  let told = [];
  workers[0].on('message', (message) => told.push(message));
  workers[1].on('message', (message) => {
    told.push(message);
    if (message.startsWith('alone'))
      workers[1].disconnect();
  });
  let left = 2;
  cluster.on('exit', (worker, status) => {
    told.push(`exit ${status} ${worker.exitedAfterDisconnect}`);
    if (--left === 0)
      told.sort().forEach((line) => log(line));
  });
}

function worker(place) {
  const server = net.createServer((socket) => socket.end(String(process.pid)));
  server.on('close', () => process.connected && process.send('close'));
  server.listen(place === 'port' ? 0 : place, () => {
    const bound = server.address();
    process.send(`listening ${typeof bound === 'string' ? bound === place : [bound.family, bound.port > 0]}`);
  });
  process.on('message', () => {
    server.close(() => {
      const other = net.createServer().listen({ port: 1, host: '192.0.2.1' });
      other.on('error', (error) => {
        process.send(`${error.code} ${error.syscall} ${error.address} ${error.port}`);
        const alone = net.createServer().listen({ port: 0, exclusive: true }, () => {
          process.send(`alone ${alone.address().port > 0} ${alone.listening}`);
          alone.close();
        });
      });
    });
  });
}

/// One cluster after the other, each in a process that goes when this one does.
function runNext(cases) {
  const [[policy, where] = []] = cases;
  if (!policy)
    return;
  log(policy, where === 'port' ? where : 'path');
  const env = { ...process.env, NODE_CLUSTER_SCHED_POLICY: policy };
  const child = spawn(process.execPath, [__filename, where], { env, stdio: ['pipe', 'inherit', 'inherit'] });
  child.on('exit', (status) => {
    log('status', status);
    runNext(cases.slice(1));
  });
}

const [, , place] = process.argv;
if (cluster.isWorker) {
  worker(place);
} else if (place) {
  hide(place, 'place');
  process.stdin.resume().on('end', () => process.exit(9)).unref();
  primary(place);
} else {
  const file = path.join(os.tmpdir(), `conformance-cluster-${process.pid}.sock`);
  runNext([['rr', 'port'], ['rr', file], ['none', 'port'], ['none', file]]);
}
