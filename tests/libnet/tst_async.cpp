#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <libnet/async.h>

using namespace Qt::StringLiterals;
using net::Server;
using net::Socket;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// Connecting, listening, accepting and closing as futures.
class tst_Async : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aConnectionIsTheResult();
    void aFailureIsAnException();
    void aFailureReachesTheContinuation();
    void cancellingDestroysTheSocket();
    void cancellingAfterwardsIsWithoutEffect();
    void aStopIsAborted();
    void aParentThatDiesFailsTheFuture();
    void theResultMayBeDeletedInsideTheContinuation();
    void aListeningServerIsTheResult();
    void aFailedListenIsAnException();
    void aStoppedListenIsAborted();
    void cancellingAListenDestroysTheServer();
    void closingIsAFuture();
    void closingWhatIsNotOpenFails();
    void connectionsComeOneByOne();
    void connectionsWaitForTheirCall();
    void aClosedServerFailsWhoWaits();
    void aServerThatDiesFailsWhoWaits();
    void whoHasCancelledIsPassedOver();
    void continuationsRunInTheThreadOfTheirContext();

private:
    RawListener m_listener;
    template <typename T>
    static QString codeOf(QFuture<T> &future);
};

// The code of the error that \a future has failed with.
template <typename T>
QString tst_Async::codeOf(QFuture<T> &future)
{
    try {
        future.waitForFinished();
    } catch (const net::Exception &exception) {
        return exception.error().code();
    }
    return future.isCanceled() ? u"cancelled"_s : QString();
}

void tst_Async::aConnectionIsTheResult()
{
    QFuture<Socket *> future = net::connectAsync({.port = m_listener.port(), .host = u"127.0.0.1"_s});
    QVERIFY(!future.isFinished());
    RawPeer peer = m_listener.accept();
    WAIT_FOR(future.isFinished());
    const QPointer<Socket> socket = future.result();
    QVERIFY(socket);
    QVERIFY(!socket->isConnecting());
    socket->end("hello");
    QCOMPARE(peer.readToEnd(), QByteArray("hello"));
    peer.close();
    WAIT_FOR(!socket); // without a parent it deletes itself
}

void tst_Async::aFailureIsAnException()
{
    const test::DeafPort deaf;
    QObject parent;
    QFuture<Socket *> future = net::connectAsync({.port = deaf.port(), .host = u"127.0.0.1"_s}, &parent);
    WAIT_FOR(future.isFinished());
    QCOMPARE(codeOf(future), u"ECONNREFUSED"_s);
    try {
        future.result();
        QFAIL("there must be no result");
    } catch (const net::Exception &exception) {
        QCOMPARE(exception.error().syscall(), u"connect"_s);
        QCOMPARE(QString::fromUtf8(exception.what()), exception.error().message());
    }
    WAIT_FOR(parent.children().isEmpty());
}

void tst_Async::aFailureReachesTheContinuation()
{
    QString code;
    auto chain = net::connectAsync({.port = 70'000})
                     .then([](Socket *) { return u"connected"_s; })
                     .onFailed([](const net::Exception &exception) { return exception.error().code(); })
                     .then([&code](const QString &text) { code = text; });
    WAIT_FOR(chain.isFinished());
    QCOMPARE(code, u"ERR_SOCKET_BAD_PORT"_s);
}

void tst_Async::cancellingDestroysTheSocket()
{
    QObject parent;
    QFuture<Socket *> future = net::connectAsync({.port = m_listener.port(), .host = u"127.0.0.1"_s}, &parent);
    const QPointer<Socket> socket = parent.findChild<Socket *>();
    QVERIFY(socket);
    future.cancel();
    WAIT_FOR(!socket);
    QVERIFY(future.isCanceled());
    WAIT_FOR(future.isFinished());
}

void tst_Async::cancellingAfterwardsIsWithoutEffect()
{
    QObject parent;
    QFuture<Socket *> future = net::connectAsync({.port = m_listener.port(), .host = u"127.0.0.1"_s}, &parent);
    RawPeer peer = m_listener.accept();
    WAIT_FOR(future.isFinished());
    const QPointer<Socket> socket = future.result();
    future.cancel();
    test::settle();
    QVERIFY(socket);
    QVERIFY(!socket->isDestroyed());
}

void tst_Async::aStopIsAborted()
{
    std::stop_source stop;
    QFuture<Socket *> future =
        net::connectAsync({.port = m_listener.port(), .host = u"127.0.0.1"_s, .signal = stop.get_token()});
    stop.request_stop();
    WAIT_FOR(future.isFinished());
    QCOMPARE(codeOf(future), u"ABORT_ERR"_s);
}

void tst_Async::aParentThatDiesFailsTheFuture()
{
    auto parent = std::make_unique<QObject>();
    QFuture<Socket *> future = net::connectAsync({.port = m_listener.port(), .host = u"127.0.0.1"_s}, parent.get());
    parent.reset();
    QVERIFY(future.isFinished());
    QCOMPARE(codeOf(future), u"ABORT_ERR"_s);
}

void tst_Async::theResultMayBeDeletedInsideTheContinuation()
{
    bool deleted = false;
    auto chain = net::connectAsync({.port = m_listener.port(), .host = u"127.0.0.1"_s}).then([&](Socket *socket) {
        delete socket;
        deleted = true;
    });
    RawPeer peer = m_listener.accept();
    WAIT_FOR(deleted);
    QCOMPARE(peer.readToEnd(), QByteArray());
}

void tst_Async::aListeningServerIsTheResult()
{
    QObject parent;
    int connections = 0;
    QFuture<Server *> future = net::listenAsync({.port = 0, .host = u"127.0.0.1"_s}, {.allowHalfOpen = true}, &parent,
                                                [&](Socket *) { ++connections; });
    WAIT_FOR(future.isFinished());
    Server *const server = future.result();
    QCOMPARE(server->parent(), &parent);
    QVERIFY(server->isListening());
    const RawPeer peer = RawPeer::connectedTo(server->address().port);
    WAIT_FOR(connections == 1);
}

void tst_Async::aFailedListenIsAnException()
{
    QObject parent;
    QFuture<Server *> future = net::listenAsync({.port = m_listener.port(), .host = u"127.0.0.1"_s}, {}, &parent);
    WAIT_FOR(future.isFinished());
    QCOMPARE(codeOf(future), u"EADDRINUSE"_s);
    WAIT_FOR(parent.children().isEmpty());
}

void tst_Async::aStoppedListenIsAborted()
{
    std::stop_source stop;
    stop.request_stop();
    QObject parent;
    QFuture<Server *> future =
        net::listenAsync({.port = 0, .host = u"127.0.0.1"_s, .signal = stop.get_token()}, {}, &parent);
    WAIT_FOR(future.isFinished());
    QCOMPARE(codeOf(future), u"ABORT_ERR"_s);
    WAIT_FOR(parent.children().isEmpty());
}

void tst_Async::cancellingAListenDestroysTheServer()
{
    QObject parent;
    QFuture<Server *> future = net::listenAsync({.port = 0, .host = u"localhost"_s}, {}, &parent);
    future.cancel();
    WAIT_FOR(parent.children().isEmpty());
    QVERIFY(future.isFinished());
}

void tst_Async::closingIsAFuture()
{
    Server server;
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    RawPeer peer = RawPeer::connectedTo(server.address().port);
    WAIT_FOR(!server.findChildren<Socket *>().isEmpty());
    QFuture<void> future = server.closeAsync();
    test::settle();
    QVERIFY(!future.isFinished()); // the connection is still there
    server.findChild<Socket *>()->resume();
    peer.close();
    WAIT_FOR(future.isFinished());
    QCOMPARE(codeOf(future), QString());
}

void tst_Async::closingWhatIsNotOpenFails()
{
    Server server;
    QFuture<void> future = server.closeAsync();
    WAIT_FOR(future.isFinished());
    QCOMPARE(codeOf(future), u"ERR_SERVER_NOT_RUNNING"_s);
    QFuture<Socket *> next = server.nextConnection();
    QVERIFY(next.isFinished());
    QCOMPARE(codeOf(next), u"ERR_SERVER_NOT_RUNNING"_s);
}

void tst_Async::connectionsComeOneByOne()
{
    Server server;
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    QFuture<Socket *> first = server.nextConnection();
    QFuture<Socket *> second = server.nextConnection();
    const RawPeer one = RawPeer::connectedTo(server.address().port);
    WAIT_FOR(first.isFinished());
    QVERIFY(!second.isFinished());
    QCOMPARE(first.result()->remotePort(), one.localPort());
    const RawPeer two = RawPeer::connectedTo(server.address().port);
    WAIT_FOR(second.isFinished());
    QCOMPARE(second.result()->remotePort(), two.localPort());
}

void tst_Async::connectionsWaitForTheirCall()
{
    Server server;
    EventLog log(&server);
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    QFuture<Socket *> first = server.nextConnection();
    std::vector<RawPeer> peers;
    for (int i = 0; i < 4; ++i)
        peers.push_back(RawPeer::connectedTo(server.address().port));
    WAIT_FOR(log.count(u"connection"_s) == 4);
    QVERIFY(first.isFinished());
    delete server.findChildren<Socket *>().at(1); // gone before anybody asked
    for (int i : {2, 3}) {
        QFuture<Socket *> next = server.nextConnection();
        QVERIFY(next.isFinished());
        QCOMPARE(next.result()->remotePort(), peers[size_t(i)].localPort());
    }
    QVERIFY(!server.nextConnection().isFinished());
}

void tst_Async::aClosedServerFailsWhoWaits()
{
    Server server;
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    QFuture<Socket *> next = server.nextConnection();
    server.close();
    WAIT_FOR(next.isFinished());
    QCOMPARE(codeOf(next), u"ERR_SERVER_NOT_RUNNING"_s);
}

void tst_Async::aServerThatDiesFailsWhoWaits()
{
    auto server = std::make_unique<Server>();
    server->listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server->isListening());
    QFuture<Socket *> next = server->nextConnection();
    server.reset();
    QVERIFY(next.isFinished());
    QCOMPARE(codeOf(next), u"ABORT_ERR"_s);
}

void tst_Async::whoHasCancelledIsPassedOver()
{
    Server server;
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    QFuture<Socket *> first = server.nextConnection();
    QFuture<Socket *> second = server.nextConnection();
    first.cancel();
    const RawPeer peer = RawPeer::connectedTo(server.address().port);
    WAIT_FOR(second.isFinished());
    QCOMPARE(second.result()->remotePort(), peer.localPort());
}

void tst_Async::continuationsRunInTheThreadOfTheirContext()
{
    QThread thread;
    auto *context = new QObject;
    context->moveToThread(&thread);
    thread.start();
    std::atomic<QThread *> ranIn = nullptr;
    auto chain =
        net::connectAsync({.port = m_listener.port(), .host = u"127.0.0.1"_s}, this).then(context, [&ranIn](Socket *) {
            ranIn = QThread::currentThread();
        });
    const RawPeer peer = m_listener.accept();
    WAIT_FOR(ranIn.load());
    QCOMPARE(ranIn.load(), &thread);
    context->deleteLater();
    thread.quit();
    QVERIFY(thread.wait());
}

QTEST_GUILESS_MAIN(tst_Async)
#include "tst_async.moc"
