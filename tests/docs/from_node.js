// Node's side of the page "Coming from Node". Runs as it stands: node from_node.js
const fs = require('fs');
const net = require('net');
const assert = require('assert');
const events = require('events');
const path = require('path');
const os = require('os');

async function echo() {
    //! [echo]
    const server = net.createServer((socket) => {
        socket.on('data', (bytes) => socket.write(bytes));
        socket.on('error', (error) => console.error(error.message));
    });
    server.listen(0, '127.0.0.1', () => {
        console.log('listening on', server.address().port);
    });
    //! [echo]
    await events.once(server, 'listening');
    return server;
}

async function client(port) {
    let answer = '';
    //! [client]
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write('hello'));
    socket.on('data', (text) => {
        answer += text;
        if (answer === 'hello') socket.end();
    });
    socket.on('error', (error) => console.error(error.code));
    socket.on('close', (hadError) => console.log('closed', hadError));
    //! [client]
    await events.once(socket, 'close');
    assert.strictEqual(answer, 'hello');
}

async function retry(port) {
    const server = net.createServer();
    let tries = 0;
    //! [retry]
    server.on('error', (error) => {
        if (error.code !== 'EADDRINUSE') throw error;
        ++tries;
        setTimeout(() => {
            server.close();
            server.listen(tries < 2 ? port : 0, '127.0.0.1');
        }, 10);
    });
    server.listen(port, '127.0.0.1');
    //! [retry]
    await new Promise((resolve) => { server.once('listening', resolve); });
    assert.strictEqual(tries, 2);
    server.close();
}

async function backpressure() {
    const server = net.createServer((socket) => socket.resume()).listen(0);
    await events.once(server, 'listening');
    const socket = net.connect(server.address().port, '127.0.0.1');
    let left = 100;
    //! [backpressure]
    function send() {
        while (left > 0) {
            --left;
            if (!socket.write(Buffer.alloc(100000))) {
                socket.once('drain', send);
                return;
            }
        }
        socket.end();
    }
    send();
    //! [backpressure]
    await events.once(socket, 'close');
    assert.strictEqual(left, 0);
    server.close();
}

async function halfOpen() {
    //! [half-open]
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
        let question = '';
        socket.on('data', (bytes) => { question += bytes; });
        // The client has ended; the answer still goes out.
        socket.on('end', () => socket.end(`you said: ${question}`));
    });
    //! [half-open]
    server.listen(0);
    await events.once(server, 'listening');
    const socket = net.connect(server.address().port, '127.0.0.1').setEncoding('utf8');
    socket.end('all of it');
    const [answer] = await events.once(socket, 'data');
    assert.strictEqual(answer, 'you said: all of it');
    server.close();
}

async function proxy(target) {
    //! [proxy]
    const proxy = net.createServer((near) => {
        const far = net.connect(target);
        near.pipe(far).pipe(near);
        near.on('error', () => far.destroy());
        far.on('error', () => near.destroy());
    });
    //! [proxy]
    proxy.listen(0, '127.0.0.1');
    await events.once(proxy, 'listening');
    await client(proxy.address().port);
    proxy.close();
}

async function localPath() {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'from-node-'));
    const name = path.join(folder, 's');
    //! [path]
    const server = net.createServer((socket) => socket.end('over a path'));
    server.listen({ path: name, readableAll: true });
    //! [path]
    await events.once(server, 'listening');
    const [bytes] = await events.once(net.connect(name), 'data');
    assert.strictEqual(String(bytes), 'over a path');
    server.close();
    await events.once(server, 'close');
    fs.rmdirSync(folder);
}

(async () => {
    const server = await echo();
    await client(server.address().port);
    await retry(server.address().port);
    await backpressure();
    await halfOpen();
    await proxy({ port: server.address().port, host: '127.0.0.1' });
    await localPath();
    server.close();
})();
