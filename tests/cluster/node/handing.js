// Handles that go from a parent to its child, event by event.
'use strict';
const { fork } = require('child_process');
const net = require('net');

if (process.argv[2] === 'child') {
  let kept;
  process.on('message', (message, handle) => {
    const what = handle instanceof net.Socket ? 'a socket' : handle instanceof net.Server ? 'a server' : 'nothing';
    process.send(`child has ${message} ${what}`);
    if (message === 'leave')
      process.disconnect();
    if (message === 'let go') {
      kept.on('close', () => process.send("child's socket has closed"));
      kept.destroy();
    }
    if (handle instanceof net.Socket && message === 'keep') {
      kept = handle;
      kept.write('from the child');
    } else if (handle instanceof net.Socket) {
      handle.on('close', () => process.send("child's socket has closed"));
      handle.end('from the child');
      handle.resume();
    }
    if (handle instanceof net.Server) {
      handle.on('connection', (one) => {
        one.end("child's server");
        handle.close();
      });
    }
  });
} else {
  const log = (text) => console.log(text);
  const scene = process.argv[2];
  const child = fork(__filename, ['child']);
  child.on('disconnect', () => log('disconnect'));
  // Nobody promises whether the end of a process or what is sent to it afterwards is told first.
  if (scene !== 'misuse')
    child.on('exit', (code) => log(`exit ${code}`));
  child.on('error', (error) => log(`error ${error.code}`));
  const server = net.createServer({ pauseOnConnect: true });
  const count = (then) => server.getConnections((error, number) => {
    log(`connections ${number}`);
    then();
  });
  if (scene === 'socket') {
    let client;
    server.on('connection', (socket) => {
      log('connection');
      child.send('one', socket, (error) => log(`sent ${error}`));
      child.send('two');
    });
    server.on('close', () => {
      log('server closed');
      child.send('leave');
    });
    child.on('message', (message) => {
      log(message);
      if (message === 'child has two nothing')
        count(() => client.resume());
      if (message === "child's socket has closed")
        count(() => server.close());
    });
    server.listen(0, '127.0.0.1', () => {
      client = net.connect(server.address().port, '127.0.0.1');
      let got = '';
      client.on('data', (data) => got += data);
      // After the child has told what it has been sent.
      client.on('end', () => setTimeout(() => {
        log(`client has ${got}`);
        client.end();
      }, 200));
      client.pause();
    });
  } else if (scene === 'keepOpen') {
    let here;
    let client;
    server.on('connection', (socket) => {
      log('connection');
      here = socket;
      here.on('close', () => {
        log('closed here');
        child.send('let go');
      });
      child.send('keep', socket, { keepOpen: true }, (error) => log(`sent ${error}`));
    });
    child.on('message', (message) => {
      log(message);
      if (message === "child's socket has closed")
        closeAfterBoth();
    });
    // Nobody promises whether the child's message or the client's end comes first.
    let awaited = 2;
    const closeAfterBoth = () => {
      if (--awaited === 0)
        server.close(() => log('server closed'));
    };
    server.on('close', () => child.send('leave'));
    server.listen(0, '127.0.0.1', () => {
      client = net.connect(server.address().port, '127.0.0.1');
      let got = '';
      client.on('data', (data) => {
        got += data;
        if (got === 'from the child') {
          log(`destroyed here ${here.destroyed}`);
          here.write(' and from here');
        } else if (got === 'from the child and from here') {
          log(`client has ${got}`);
          here.destroy();
        }
      });
      client.on('end', closeAfterBoth);
    });
  } else if (scene === 'server') {
    server.listen(0, '127.0.0.1', () => child.send('it', server));
    child.on('message', (message) => {
      log(message);
      if (message !== 'child has it a server')
        return;
      const port = server.address().port;
      server.close(() => {
        log('server closed');
        const client = net.connect(port, '127.0.0.1');
        client.on('data', (data) => log(`client has ${data}`));
        client.on('close', () => child.send('leave'));
      });
    });
  } else if (scene === 'misuse') {
    child.on('message', (message) => log(message));
    child.send('first', (error) => log(`sent ${error}`));
    child.send('leave', (error) => log(`sent ${error}`));
    child.once('disconnect', () => {
      child.send('after', (error) => log(`sent ${error.code}`));
      child.send('after');
      setTimeout(() => child.disconnect(), 50);
    });
  }
}
