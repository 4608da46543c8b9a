#include "tests/support/connectedpair.h"

#include "tests/support/waiting.h"

namespace test {

using namespace Qt::StringLiterals;

ConnectedPair::ConnectedPair(const net::ServerOptions &serverOptions, const net::SocketOptions &clientOptions,
                             Over over)
    : server(serverOptions),
      client(clientOptions)
{
    const QMetaObject::Connection once = QObject::connect(&server, &net::Server::connection, &server,
                                                          [this](net::Socket *socket) { accepted = socket; });
    const QString path = folder.filePath(u"pair.sock"_s);
    if (over == Over::Tcp)
        server.listen(0, u"127.0.0.1"_s);
    else
        server.listen(path);
    if (!waitFor([this] { return server.isListening(); }))
        return;
    if (over == Over::Tcp)
        client.connectTo(server.address().port, u"127.0.0.1"_s);
    else
        client.connectTo(path);
    waitFor([this] { return accepted && !client.isPending(); });
    // What belongs to connecting is over when the test begins.
    settle();
    QObject::disconnect(once);
}

} // namespace test
