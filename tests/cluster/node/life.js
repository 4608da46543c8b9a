// The life of a worker, event by event; printed as a list, one line each.
'use strict';
const cluster = require('cluster');
const net = require('net');

const log = (text) => console.log(text);
const scene = process.argv[2];

if (cluster.isWorker) {
  process.on('message', (order) => {
    if (order === 'leave')
      cluster.worker.disconnect();
    else if (order === 'exit')
      process.exit(5);
    else if (order === 'kill')
      cluster.worker.kill();
  });
  if (process.env.TEST_QUIET)
    return;
  process.send('hello');
  const server = net.createServer((socket) => socket.on('data', (data) => socket.write(data)));
  server.on('error', (error) => {
    process.send(`${error.code} ${error.syscall}`);
    process.disconnect();
  });
  server.listen(Number(process.env.TEST_PORT || 0), '127.0.0.1', () => process.send('listens'));
} else {
  const worker = (w) => `${w.id} connected ${w.isConnected()} dead ${w.isDead()} after ${!!w.exitedAfterDisconnect}`;
  cluster.on('setup', () => log('setup'));
  cluster.on('fork', (w) => log(`fork ${w.id} dead ${w.isDead()}`));
  cluster.on('online', (w) => {
    log(`cluster online ${worker(w)}`);
    if (scene === 'disconnected when online')
      w.disconnect();
    else if (scene === 'exits when online')
      w.send('exit');
    else if (scene === 'killed when online')
      w.process.kill('SIGKILL');
  });
  cluster.on('listening', (w, address) => {
    log(`cluster listening ${worker(w)} ${address.address}`);
    act(w, address);
  });
  cluster.on('message', (w, message) => log(`cluster message ${w.id} ${message}`));
  cluster.on('disconnect', (w) => log(`cluster disconnect ${w.id} connected ${w.isConnected()} after ${w.exitedAfterDisconnect}`));
  cluster.on('exit', (w, code, signal) => log(`cluster exit ${worker(w)} code ${code || 0} signal ${signal || ''}`));

  const taken = net.createServer();
  const start = () => {
    // What a worker says while it is killed comes or comes not: one that is to end when it is online says nothing.
    const one = cluster.fork({
      TEST_PORT: scene === 'taken' ? String(taken.address().port) : '0',
      TEST_QUIET: scene.endsWith('when online') ? '1' : '',
    });
    one.on('online', () => log(`worker online`));
    one.on('listening', () => log('worker listening'));
    one.on('message', (message) => log(`worker message ${message}`));
    one.on('disconnect', () => log('worker disconnect'));
    one.on('exit', (code, signal) => log(`worker exit code ${code || 0} signal ${signal || ''}`));
    one.on('exit', () => taken.close());
  };
  const act = (w, address) => {
    if (scene === 'worker leaves') {
      w.send('leave');
    } else if (scene === 'primary disconnects') {
      w.disconnect();
    } else if (scene === 'worker exits') {
      w.send('exit');
    } else if (scene === 'worker kills itself') {
      w.send('kill');
    } else if (scene === 'killed') {
      w.process.kill('SIGKILL');
    } else if (scene === 'terminated') {
      w.kill();
    } else if (scene === 'all disconnect') {
      cluster.disconnect(() => log('all disconnected'));
    } else if (scene === 'connection first') {
      const client = net.connect(address.port, '127.0.0.1');
      client.on('connect', () => client.write('x'));
      client.on('data', () => {
        w.disconnect();
        setTimeout(() => {
          log('client ends');
          client.end();
        }, 100);
      });
    }
  };
  if (scene === 'taken')
    taken.listen(0, '127.0.0.1', start);
  else
    start();
}
