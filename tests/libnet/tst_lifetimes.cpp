#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/fulllistener.h"
#include "tests/support/rawpeer.h"

#include "libnet/stream/livehandles.h"

using namespace Qt::StringLiterals;
using net::Server;
using net::Socket;
using test::ConnectedPair;
using test::EventLog;
using test::FullListener;
using test::RawListener;
using test::RawPeer;

/// Slots that delete whom they were called by, and slots that run an event loop of their own.
class tst_Lifetimes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aSocketMayBeDeletedInEachOfItsSignals_data();
    void aSocketMayBeDeletedInEachOfItsSignals();
    void aSocketMayBeDeletedInsideANestedLoop_data();
    void aSocketMayBeDeletedInsideANestedLoop();
    void aSocketMayBeDeletedInTheFateOfAnAttempt_data();
    void aSocketMayBeDeletedInTheFateOfAnAttempt();
    void aSocketMayBeDeletedInItsCallbacks_data();
    void aSocketMayBeDeletedInItsCallbacks();
};

namespace {

const QByteArray Huge(32 * 1024 * 1024, 'h');

// Every signal that a socket has, and what makes it say it.
struct Scene
{
    const char *signal;
    QMetaMethod method;
    std::function<void(Socket &, RawPeer &)> act; ///< after ready()
};

const QList<Scene> &scenes()
{
    const auto nothing = [](Socket &, RawPeer &) {
    };
    const auto talk = [](Socket &, RawPeer &peer) {
        peer.write("abc");
        peer.shutdownWrite();
    };
    static const QList<Scene> all = {
        {"lookup", QMetaMethod::fromSignal(&Socket::lookup), nothing},
        {"connectionAttempt", QMetaMethod::fromSignal(&Socket::connectionAttempt), nothing},
        {"connected", QMetaMethod::fromSignal(&Socket::connected), nothing},
        {"ready", QMetaMethod::fromSignal(&Socket::ready), nothing},
        {"resumed", QMetaMethod::fromSignal(&Socket::resumed), nothing},
        {"data", QMetaMethod::fromSignal(&Socket::data), talk},
        {"text", QMetaMethod::fromSignal(&Socket::text),
         [talk](Socket &socket, RawPeer &peer) {
             socket.setEncoding(Socket::Encoding::Utf8);
             talk(socket, peer);
         }},
        {"readyRead", QMetaMethod::fromSignal(&Socket::readyRead), talk},
        {"ended", QMetaMethod::fromSignal(&Socket::ended), talk},
        {"finish", QMetaMethod::fromSignal(&Socket::finish), talk},
        {"closed", QMetaMethod::fromSignal(&Socket::closed), talk},
        {"drain", QMetaMethod::fromSignal(&Socket::drain),
         [](Socket &socket, RawPeer &peer) {
             const QPointer<Socket> alive = &socket;
             socket.write(Huge);
             socket.write("more", &socket, [] {});
             while (alive && peer.read(1 << 20).size() > 0) {
             }
         }},
        {"paused", QMetaMethod::fromSignal(&Socket::paused),
         [](Socket &socket, RawPeer &) {
             socket.pause();
         }},
        {"timedOut", QMetaMethod::fromSignal(&Socket::timedOut),
         [](Socket &socket, RawPeer &) {
             socket.setTimeout(1);
         }},
        {"errorOccurred", QMetaMethod::fromSignal(&Socket::errorOccurred),
         [](Socket &socket, RawPeer &peer) {
             socket.write(Huge, &socket, [] {});
             peer.reset();
         }},
        {"closed after an error", QMetaMethod::fromSignal(&Socket::closed),
         [](Socket &socket, RawPeer &peer) {
             socket.end(Huge, &socket, [] {});
             peer.reset();
         }},
    };
    return all;
}

/// Calls a function at a signal, whatever the signal's arguments are.
class Listener : public QObject
{
    Q_OBJECT
public:
    std::function<void()> called;

    void listenTo(Socket *socket, const QMetaMethod &signal)
    {
        const QMetaMethod slot = staticMetaObject.method(staticMetaObject.indexOfSlot("call()"));
        connect(socket, signal, this, slot);
    }

public Q_SLOTS:
    void call()
    {
        if (called)
            called();
    }
};

void scenesAsData()
{
    QTest::addColumn<int>("scene");
    for (int i = 0; i < scenes().size(); ++i)
        QTest::newRow(scenes().at(i).signal) << i;
}

// Plays the scene until the listener's signal has come and everything after it too.
void play(const Scene &scene, Listener &listener, const QPointer<Socket> &socket, bool &called)
{
    RawListener server;
    listener.listenTo(socket, scene.method);
    // Data must flow, but for readyRead, which stops the flow.
    if (qstrcmp(scene.signal, "readyRead") != 0)
        QObject::connect(socket, &Socket::data, socket, [] {});
    socket->connectTo({.port = server.port(), .host = u"localhost"_s, .family = net::Family::IPv4});
    test::waitFor([&] { return called || (socket && socket->readyState() == Socket::ReadyState::Open); });
    test::settle();
    RawPeer peer;
    if (socket && !called) {
        peer = server.accept();
        scene.act(*socket, peer);
    }
    test::waitFor([&] { return called; });
    test::settle();
}

} // namespace

void tst_Lifetimes::aSocketMayBeDeletedInEachOfItsSignals_data()
{
    scenesAsData();
}

void tst_Lifetimes::aSocketMayBeDeletedInEachOfItsSignals()
{
    QFETCH(int, scene);
    QPointer<Socket> socket = new Socket;
    bool called = false;
    Listener listener;
    listener.called = [&] {
        called = true;
        delete socket;
    };
    play(scenes().at(scene), listener, socket, called);
    QVERIFY(called);
    QVERIFY(!socket);
}

void tst_Lifetimes::aSocketMayBeDeletedInsideANestedLoop_data()
{
    scenesAsData();
}

void tst_Lifetimes::aSocketMayBeDeletedInsideANestedLoop()
{
    QFETCH(int, scene);
    QPointer<Socket> socket = new Socket;
    bool called = false;
    Listener listener;
    listener.called = [&] {
        if (std::exchange(called, true))
            return;
        QEventLoop loop;
        QTimer::singleShot(0, &loop, [&] {
            delete socket;
            loop.quit();
        });
        loop.exec();
    };
    play(scenes().at(scene), listener, socket, called);
    QVERIFY(called);
    QVERIFY(!socket);
}

void tst_Lifetimes::aSocketMayBeDeletedInItsCallbacks_data()
{
    QTest::addColumn<QString>("callback");
    for (const char *callback : {"connected", "written", "not written", "end", "refused"})
        QTest::newRow(callback) << QString::fromLatin1(callback);
}

void tst_Lifetimes::aSocketMayBeDeletedInItsCallbacks()
{
    QFETCH(QString, callback);
    RawListener listener;
    QPointer<Socket> socket = new Socket;
    EventLog log;
    const auto leave = [&] {
        log.note(u"left"_s);
        delete socket;
    };
    socket->connectTo({.port = listener.port(), .host = u"127.0.0.1"_s}, this, [&] {
        if (callback == u"connected"_s)
            leave();
    });
    RawPeer peer = listener.accept();
    if (callback == u"written"_s) {
        socket->write("a", this, leave);
        socket->write("b", this, leave);
        socket->end("c", this, leave);
    } else if (callback == u"not written"_s) {
        socket->write(Huge, this, leave);
        socket->write("b", this, leave);
        WAIT_FOR(!socket->isPending());
        socket->destroy();
    } else if (callback == u"end"_s) {
        socket->end("a", this, leave);
        socket->end({}, this, leave);
    } else if (callback == u"refused"_s) {
        socket->end();
        socket->write("b", this, leave);
        socket->end("c", this, leave);
    }
    WAIT_FOR(socket.isNull());
    test::settle();
    QCOMPARE(log.text(), u"left"_s);
}

void tst_Lifetimes::aSocketMayBeDeletedInTheFateOfAnAttempt_data()
{
    QTest::addColumn<QMetaMethod>("signal");
    QTest::newRow("timed out") << QMetaMethod::fromSignal(&Socket::connectionAttemptTimeout);
    QTest::newRow("failed") << QMetaMethod::fromSignal(&Socket::connectionAttemptFailed);
}

// The first address does not answer, at the second nobody listens.
void tst_Lifetimes::aSocketMayBeDeletedInTheFateOfAnAttempt()
{
    QFETCH(const QMetaMethod, signal);
    FullListener full("127.0.0.1");
    auto *const socket = new Socket;
    const QPointer<Socket> alive = socket;
    Listener listener;
    listener.called = [socket] {
        delete socket;
    };
    listener.listenTo(socket, signal);
    const bool failed = signal == QMetaMethod::fromSignal(&Socket::connectionAttemptFailed);
    const QStringList order =
        failed ? QStringList({u"127.0.0.9"_s, u"127.0.0.1"_s}) : QStringList({u"127.0.0.1"_s, u"127.0.0.9"_s});
    socket->connectTo({.port = full.port(),
                       .host = u"slow.test"_s,
                       .lookup =
                           [order](const QString &, net::Family, const net::LookupReply &reply) {
                               reply({}, {{.address = order.first()}, {.address = order.last()}});
                           },
                       .autoSelectFamilyAttemptTimeout = 20});
    QTRY_VERIFY(!alive);
    test::settle();
    QCOMPARE(net::liveHandleCount(), 0);
}

QTEST_GUILESS_MAIN(tst_Lifetimes)
#include "tst_lifetimes.moc"
