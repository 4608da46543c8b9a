'use strict';
// whole surface
// The diagnostics channels hear of clients and connections.
const channels = require('diagnostics_channel');
const net = require('net');
const { log, serve } = require('./support/trace.js');

channels.subscribe('net.client.socket', ({ socket }) => log('client', socket instanceof net.Socket, socket.connecting));
channels.subscribe('net.server.socket', ({ socket }) => log('server', socket instanceof net.Socket));
const server = net.createServer((socket) => socket.end());
serve(server, (port) => net.connect(port, '127.0.0.1').resume().on('close', () => server.close()));
