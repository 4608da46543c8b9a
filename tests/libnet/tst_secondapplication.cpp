#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include "libnet/stream/livehandles.h"

#include <libnet/server.h>
#include <libnet/socket.h>

#include <QEventLoopLocker>

using namespace Qt::StringLiterals;
using net::Server;
using net::Socket;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

namespace {

/// What the first application leaves to the second: a socket that waits for its peer.
struct Estate
{
    RawListener listener;
    Socket socket;
    EventLog log{&socket};
    RawPeer peer;
};
std::unique_ptr<Estate> estate;

} // namespace

/// A process that makes another QCoreApplication when the first is gone. This one is the second.
class tst_SecondApplication : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsStillOpenKeepsItRunning();
    void aSocketOfTheFirstGoesOn();
    void aConversationIsAsInTheFirst();
    void aTimeoutIsAsInTheFirst();
};

/// A conversation in which everything is used that belongs to the thread.
static QString conversation()
{
    Server server;
    EventLog log(&server);
    QObject::connect(&server, &Server::connection, &server, [&](Socket *socket) {
        log.watch(socket);
        socket->end("hello");
        server.close();
    });
    server.listen(0, u"127.0.0.1"_s);
    if (!test::waitFor([&] { return server.isListening(); }))
        return log.text();
    Socket client;
    client.connectTo(server.address().port, u"127.0.0.1"_s);
    client.resume();
    test::waitFor([&] { return client.isDestroyed() && !server.isListening(); });
    test::settle();
    return log.text();
}

void tst_SecondApplication::whatIsStillOpenKeepsItRunning()
{
    QVERIFY(net::liveHandleCount() > 0);
    int turns = 0;
    QTimer::singleShot(0, this, [] { const QEventLoopLocker last; }); // quits, if nobody else is there
    QTimer::singleShot(10, this, [&turns] { ++turns; });
    QTimer::singleShot(20, this, [] { QCoreApplication::exit(5); });
    QCOMPARE(QCoreApplication::exec(), 5);
    QCOMPARE(turns, 1);
}

void tst_SecondApplication::aSocketOfTheFirstGoesOn()
{
    WAIT_FOR(estate->log.contains(u"timedOut"_s));
    QVERIFY(estate->peer.write("still there?"));
    WAIT_FOR(estate->log.bytes() == "still there?");
    estate->peer.close();
    COMPARE_EVENTS(estate->log, "connected, ready, timedOut, data 12, ended, finish, closed");
    estate.reset();
}

void tst_SecondApplication::aConversationIsAsInTheFirst()
{
    QCOMPARE(conversation(), u"listening, connection, finish, ended, closed, closed"_s);
}

void tst_SecondApplication::aTimeoutIsAsInTheFirst()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.setTimeout(10);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    const RawPeer peer = listener.accept();
    WAIT_FOR(log.text().endsWith(u"timedOut"_s));
}

int main(int argc, char **argv)
{
    {
        const QCoreApplication first(argc, argv);
        conversation();
        estate = std::make_unique<Estate>();
        estate->socket.connectTo(estate->listener.port(), u"127.0.0.1"_s);
        estate->peer = estate->listener.accept();
        test::waitFor([] { return estate->socket.readyState() == Socket::ReadyState::Open; });
        estate->socket.setTimeout(1); // nobody notices before the second
    }
    const QCoreApplication second(argc, argv);
    tst_SecondApplication test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_secondapplication.moc"
