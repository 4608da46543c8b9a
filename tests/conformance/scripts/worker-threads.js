'use strict';
// Servers and clients in Node's own threads: their events come there, and when a thread ends, so do its connections.
const { Worker, isMainThread, parentPort } = require('worker_threads');
const net = require('net');
const { log, serve } = require('./support/trace.js');

function inThread() {
  const told = [];
  const server = net.createServer((socket) => {
    socket.setEncoding('utf8').on('data', (text) => {
      told.push(`data ${text}`);
      socket.write(`${text} in a thread`);
    });
    socket.on('end', () => told.push('end')).on('close', (hadError) => {
      told.push(`close ${hadError}`);
      server.close(() => parentPort.postMessage({ told }));
    });
  });
  // A client of the same thread, and one that nobody answers.
  serve(server, (port) => {
    net.connect(1, '127.0.0.1').on('error', (error) => {
      told.push(error.code);
      parentPort.postMessage({ port });
    });
  });
}

/// Runs a thread and talks to its server; `answered(client, worker)` decides what becomes of them. Which of two threads
/// is first is not said, so all is printed in an order of ours.
function talk(name, answered, done) {
  const worker = new Worker(__filename);
  const seen = [];
  let left = 2;
  const gone = (...how) => {
    seen.push(how.join(' '));
    if (--left)
      return;
    seen.sort().forEach((line) => log(name, line));
    done?.();
  };
  worker.on('message', ({ told, port }) => {
    if (told)
      return log(name, told);
    const client = net.connect(port, '127.0.0.1', () => client.write('ping'));
    client.setEncoding('utf8').once('data', (text) => {
      log(name, 'answer', text);
      answered(client, worker);
    });
    client.on('close', (hadError) => gone('close', hadError));
  });
  worker.on('exit', (status) => gone('exit', status));
}

if (isMainThread) {
  talk('by itself', (client) => client.end(),
       () => talk('ended', (client, worker) => worker.terminate()));
} else {
  inThread();
}
