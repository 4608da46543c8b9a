#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <libnet/async.h>
#include <libnet/net.h>

using namespace Qt::StringLiterals;
using test::RawListener;
using test::RawPeer;

/// libnet's side of the page "Coming from Node": each piece compiles, and does what the page says.
class tst_FromNode : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }
    void echo();
    void client();
    void retry();
    void backpressure();
    void halfOpen();
    void proxy();
    void localPath();
    void future();

private:
    std::unique_ptr<net::Server> m_server; ///< an echo, for those who need one
};

void tst_FromNode::init()
{
    m_server = std::make_unique<net::Server>();
    connect(m_server.get(), &net::Server::connection, this, [](net::Socket *socket) { socket->pipe(socket); });
    m_server->listen(0, u"127.0.0.1"_s);
    WAIT_FOR(m_server->isListening());
}

void tst_FromNode::echo()
{
    //! [echo]
    net::Server server;
    connect(&server, &net::Server::connection, this, [](net::Socket *socket) {
        connect(socket, &net::Socket::data, socket, [socket](const QByteArray &bytes) { socket->write(bytes); });
        connect(socket, &net::Socket::errorOccurred, socket,
                [](const net::Error &error) { qWarning() << error.message(); });
    });
    server.listen({.port = 0, .host = u"127.0.0.1"_s}, this,
                  [&server] { qInfo() << "listening on" << server.address().port; });
    //! [echo]
    WAIT_FOR(server.isListening());
    RawPeer peer = RawPeer::connectedTo(server.address().port);
    QVERIFY(peer.write("hello"));
    QCOMPARE(peer.read(5), QByteArray("hello"));
}

void tst_FromNode::client()
{
    const int port = m_server->address().port;
    QString answer;
    //! [client]
    net::Socket *socket = net::connect({.port = port, .host = u"127.0.0.1"_s, .noDelay = true});
    socket->setEncoding(net::Socket::Encoding::Utf8);
    connect(socket, &net::Socket::connected, this, [socket] { socket->write("hello"); });
    connect(socket, &net::Socket::text, this, [socket, &answer](const QString &text) {
        answer += text;
        if (answer == u"hello")
            socket->end();
    });
    connect(socket, &net::Socket::errorOccurred, this, [](const net::Error &error) { qWarning() << error.code(); });
    connect(socket, &net::Socket::closed, this, [](bool hadError) { qInfo() << "closed" << hadError; });
    //! [client]
    const QPointer<net::Socket> alive = socket;
    WAIT_FOR(!alive);
    QCOMPARE(answer, u"hello"_s);
}

void tst_FromNode::retry()
{
    const int port = m_server->address().port;
    net::Server server;
    int tries = 0;
    //! [retry]
    connect(&server, &net::Server::errorOccurred, this, [&](const net::Error &error) {
        if (error.code() != u"EADDRINUSE")
            qFatal("%s", qPrintable(error.message()));
        ++tries;
        QTimer::singleShot(10, &server, [&] {
            server.close();
            server.listen(tries < 2 ? port : 0, u"127.0.0.1"_s);
        });
    });
    server.listen(port, u"127.0.0.1"_s);
    //! [retry]
    WAIT_FOR(server.isListening());
    QCOMPARE(tries, 2);
}

void tst_FromNode::backpressure()
{
    RawListener listener;
    net::Socket socket;
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    int left = 100;
    //! [backpressure]
    const auto send = [&] {
        while (left > 0) {
            --left;
            if (!socket.write(QByteArray(100'000, '\0')))
                return; // drain() calls us again
        }
        socket.end();
    };
    connect(&socket, &net::Socket::drain, this, send);
    send();
    //! [backpressure]
    QVERIFY(left > 50);
    QCOMPARE(peer.readToEnd().size(), 10'000'000);
    QCOMPARE(left, 0);
}

void tst_FromNode::halfOpen()
{
    //! [half-open]
    net::Server server({.allowHalfOpen = true});
    connect(&server, &net::Server::connection, this, [](net::Socket *socket) {
        auto question = std::make_shared<QByteArray>();
        connect(socket, &net::Socket::data, socket, [question](const QByteArray &bytes) { *question += bytes; });
        // The client has ended; the answer still goes out.
        connect(socket, &net::Socket::ended, socket, [=] { socket->end("you said: " + *question); });
    });
    //! [half-open]
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    RawPeer peer = RawPeer::connectedTo(server.address().port);
    QVERIFY(peer.write("all of it"));
    peer.shutdownWrite();
    QCOMPARE(peer.readToEnd(), QByteArray("you said: all of it"));
}

void tst_FromNode::proxy()
{
    const int target = m_server->address().port;
    //! [proxy]
    net::Server proxy;
    connect(&proxy, &net::Server::connection, this, [target](net::Socket *near) {
        net::Socket *far = net::connect(target);
        near->pipe(far)->pipe(near);
        connect(near, &net::Socket::errorOccurred, far, [far] { far->destroy(); });
        connect(far, &net::Socket::errorOccurred, near, [near] { near->destroy(); });
    });
    //! [proxy]
    proxy.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(proxy.isListening());
    RawPeer peer = RawPeer::connectedTo(proxy.address().port);
    QVERIFY(peer.write("there and back"));
    QCOMPARE(peer.read(14), QByteArray("there and back"));
}

void tst_FromNode::localPath()
{
    QTemporaryDir folder;
    const QString name = folder.filePath(u"a.sock"_s);
    //! [path]
    net::Server server;
    connect(&server, &net::Server::connection, this, [](net::Socket *socket) { socket->end("over a path"); });
    server.listen({.path = name, .readableAll = true});
    //! [path]
    WAIT_FOR(server.isListening());
    QCOMPARE(RawPeer::connectedTo(name).readToEnd(), QByteArray("over a path"));
}

void tst_FromNode::future()
{
    const int port = m_server->address().port;
    QStringList log;
    //! [future]
    net::connectAsync({.port = port, .host = u"127.0.0.1"_s}, this)
        .then(this, [&log](net::Socket *socket) { log << u"connected to %1"_s.arg(socket->remoteAddress()); })
        .onFailed(this, [&log](const net::Exception &exception) { log << exception.error().message(); });
    //! [future]
    WAIT_FOR(!log.isEmpty());
    QCOMPARE(log.first(), u"connected to 127.0.0.1"_s);
}

QTEST_GUILESS_MAIN(tst_FromNode)
#include "tst_fromnode.moc"
