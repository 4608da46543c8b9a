#pragma once
#include <libnet/server.h>
#include <libnet/socket.h>

#include <QPointer>
#include <QTemporaryDir>

namespace test {

/// A server on loopback, a client connected to it, and the server's side of that connection.
struct ConnectedPair
{
    enum class Over { Tcp, Path };

    explicit ConnectedPair(const net::ServerOptions &serverOptions = {}, const net::SocketOptions &clientOptions = {},
                           Over over = Over::Tcp);

    QTemporaryDir folder;
    net::Server server;
    net::Socket client;
    QPointer<net::Socket> accepted; ///< null if that did not work
};

} // namespace test
