// Node's net as its documentation shows it. The same arguments as the other peers.
'use strict';
const fs = require('fs');
const net = require('net');

const options = { role: 'echo', listen: 'tcp', size: '64' };
for (let i = 2; i + 1 < process.argv.length; i += 2)
  options[process.argv[i].slice(2)] = process.argv[i + 1];

const piece = Buffer.alloc(Number(options.size), 'x');
const period = 5;
let late = [];
let open = 0;

function tick(due) {
  if (open === 0) return;
  late.push(performance.now() - due);
  setTimeout(tick, period, performance.now() + period);
}

function print() {
  late.sort((a, b) => a - b);
  const at = (part) => late.length ? Number(late[Math.floor(part * (late.length - 1))].toFixed(3)) : 0;
  console.log(JSON.stringify({ ticks: late.length, p50: at(.5), p99: at(.99), max: at(1) }));
  late = [];
}

function pump(socket) {
  while (socket.write(piece));
}

const server = net.createServer((socket) => {
  if (open++ === 0 && options.role === 'timer') setTimeout(tick, period, performance.now() + period);
  socket.on('error', () => {});
  socket.on('close', () => {
    if (--open === 0 && options.role === 'timer') print();
  });
  if (options.role === 'echo') {
    socket.on('data', (bytes) => socket.write(bytes));
  } else if (options.role === 'source') {
    socket.on('drain', () => pump(socket));
    pump(socket);
  } else if (options.role === 'file') {
    const again = () => fs.createReadStream(options.file).on('end', again).pipe(socket, { end: false });
    again();
  } else if (options.role === 'relay') {
    const upstream = net.connect(Number(options.to), '127.0.0.1');
    upstream.on('error', () => {});
    socket.pipe(upstream);
    upstream.pipe(socket);
  } else {
    socket.on('data', () => {});
  }
});

const listening = () => {
  const address = server.address();
  console.log(`ready ${address.port ?? address} Node ${process.version}, libuv ${process.versions.uv}`);
};
if (options.listen === 'tcp') server.listen(0, '127.0.0.1', listening);
else server.listen(options.listen, listening);
