'use strict';
// What flows with nobody listening is lost; what waits for the first listener is not.
const net = require('net');
const { log, serve } = require('./support/trace.js');

let count = 0;
const ends = [];
const server = net.createServer((socket) => {
  if (++count === 2)
    server.close();
  socket.write('first ');
  ends.push(() => socket.end('second'));
});
serve(server, (port) => {
  const flowing = net.connect(port, '127.0.0.1').resume();
  const waiting = net.connect(port, '127.0.0.1');
  waiting.on('close', () => log('waiting close', waiting.bytesRead));
  // Each step when the one before is seen, however slow the machine is.
  const when = (seen, go) => (seen() ? go() : setTimeout(when, 5, seen, go));
  when(() => flowing.bytesRead === 6 && ends.length === 2, () => {
    flowing.on('data', (data) => log('flowing', data));
    ends.forEach((end) => end());
  });
  flowing.on('end', () => {
    log('flowing end', flowing.bytesRead);
    when(() => waiting.bytesRead === 12, () => {
      log('bytes', flowing.bytesRead, waiting.bytesRead);
      let text = '';
      waiting.on('data', (data) => { text += data; }).on('end', () => log('waiting end', text));
    });
  });
});
