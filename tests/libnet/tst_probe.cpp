#include "tests/libnet/probetap.h"
#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include "libnet/probe/roster.h"
#include "libnet/probe/tap.h"

using namespace Qt::StringLiterals;
using namespace probetap;
using net::Server;
using net::Socket;
using net::probe::EventKind;
using net::probe::Facts;
using net::probe::State;
using net::probe::Subject;
using net::probe::SubjectKind;
using test::ConnectedPair;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// What libnet tells a tap, and that the totals are exact. No agent takes part.
class tst_Probe : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void eachSubjectIsOpenedOnceAndGoneOnce();
    void everyByteIsCounted();
    void aWatcherWhoComesLateHearsOfEverything();
    void subjectsOfOtherThreadsAreAnnouncedThere();
    void theStoryOfAClient();
    void theStoryOfAServer();
    void failuresAreTold();
    void queuesAndLossesAreTold();
    void whatReadTakesIsNotLost();
    void factsAreThoseOfTheSocket();
    void slotsAreTimedOnlyWhenSomebodyAsks();
    void callsOfTheApplicationAreTold();
    void withoutATapNothingHappens();
};

void tst_Probe::init()
{
    records.clear();
    net::probe::install(&tap);
}

void tst_Probe::cleanup()
{
    net::probe::install(nullptr);
}

void tst_Probe::eachSubjectIsOpenedOnceAndGoneOnce()
{
    {
        ConnectedPair pair;
        QVERIFY(pair.accepted);
        pair.client.destroy();
        WAIT_FOR(pair.accepted.isNull());
        Socket never;
        Server alsoNever;
    }
    const QList<Record> sockets = all(SubjectKind::Socket);
    const QList<Record> servers = all(SubjectKind::Server);
    QCOMPARE(sockets.size(), 3);
    QCOMPARE(servers.size(), 2);
    for (const Record &record : sockets + servers) {
        QCOMPARE(record.opened, 1);
        QCOMPARE(record.gone, 1);
    }
}

void tst_Probe::everyByteIsCounted()
{
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    QByteArray got;
    connect(pair.accepted, &Socket::data, this, [&got](const QByteArray &bytes) { got += bytes; });
    QByteArray sent;
    for (int i = 0; i < 300; ++i) {
        const QByteArray piece(1 + (i * i * 7) % 30'000, char('0' + i % 64));
        sent += piece;
        pair.client.write(piece);
    }
    pair.client.end();
    WAIT_FOR(got.size() == sent.size());
    const QList<Record> sockets = all(SubjectKind::Socket);
    QCOMPARE(sockets.size(), 2);
    const Record &client = sockets.at(0);
    const Record &accepted = sockets.at(1);
    QVERIFY(client.sent == sent);
    QCOMPARE(client.sentTotal, quint64(sent.size()));
    QCOMPARE(client.queued, 0u);
    QVERIFY(accepted.received == sent);
    QCOMPARE(accepted.receivedTotal, quint64(sent.size()));
    QCOMPARE(client.receivedTotal, 0u);
}

void tst_Probe::aWatcherWhoComesLateHearsOfEverything()
{
    net::probe::install(nullptr);
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    QByteArray got;
    connect(pair.accepted, &Socket::data, this, [&got](const QByteArray &bytes) { got += bytes; });
    pair.client.write("before");
    WAIT_FOR(got.size() == 6);
    QVERIFY(all(SubjectKind::Socket).isEmpty());
    net::probe::install(&tap);
    // One is heard of because it speaks, before all are announced.
    pair.client.write(" and after");
    QCOMPARE(all(SubjectKind::Socket).size(), 1);
    WAIT_FOR(all(SubjectKind::Socket).size() == 2 && all(SubjectKind::Server).size() == 1);
    WAIT_FOR(got.size() == 16);
    const QList<Record> sockets = all(SubjectKind::Socket);
    for (const Record &record : sockets) {
        QCOMPARE(record.opened, 1);
        QVERIFY(!record.heardBefore);
    }
    QCOMPARE(sockets.at(0).sent, QByteArray(" and after"));
    QCOMPARE(sockets.at(0).sentTotal, 16u); // the counters are the socket's, not the watcher's
    QCOMPARE(sockets.at(1).receivedTotal, 16u);
    QCOMPARE(sockets.at(0).state, State::Open);
    QCOMPARE(all(SubjectKind::Server).first().state, State::Listening);
}

void tst_Probe::subjectsOfOtherThreadsAreAnnouncedThere()
{
    net::probe::install(nullptr);
    QThread thread;
    QObject context;
    context.moveToThread(&thread);
    thread.start();
    Socket *socket = nullptr;
    QMetaObject::invokeMethod(
        &context, [&socket] { socket = new Socket; }, Qt::BlockingQueuedConnection);
    Socket here;
    net::probe::install(&tap);
    WAIT_FOR(all(SubjectKind::Socket).size() == 2);
    const QList<Record> sockets = all(SubjectKind::Socket);
    QCOMPARE(sockets.at(0).thread, &thread);
    QCOMPARE(sockets.at(1).thread, QThread::currentThread());
    QMetaObject::invokeMethod(
        &context, [&socket] { delete socket; }, Qt::BlockingQueuedConnection);
    QCOMPARE(all(SubjectKind::Socket).at(0).gone, 1);
    thread.quit();
    thread.wait();
}

void tst_Probe::theStoryOfAClient()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo({.port = listener.port(), .host = u"localhost"_s, .family = net::Family::IPv4});
    COMPARE_EVENTS(log, "connected, ready");
    RawPeer peer = listener.accept();
    socket.pause();
    socket.resume();
    socket.setTimeout(5);
    COMPARE_EVENTS(log, "connected, ready, timedOut");
    socket.setTimeout(0);
    socket.end("bye");
    QCOMPARE(peer.readToEnd(), QByteArray("bye"));
    peer.close();
    COMPARE_EVENTS(log, "connected, ready, timedOut, finish, ended, closed");
    const Record record = all(SubjectKind::Socket).first();
    QList<EventKind> kinds = record.kinds;
    kinds.removeAll(EventKind::Resumed); // also when a receiver starts the flow
    QCOMPARE(kinds, QList<EventKind>({EventKind::Lookup, EventKind::Attempt, EventKind::Connected, EventKind::Paused,
                                      EventKind::TimedOut, EventKind::Ended, EventKind::Finished, EventKind::PeerEnded,
                                      EventKind::Closed}));
    QCOMPARE(record.state, State::Closed);
    QVERIFY(record.described > 0);
}

void tst_Probe::theStoryOfAServer()
{
    Server server;
    EventLog log(&server);
    server.setMaxConnections(1);
    server.listen(0, u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "listening");
    RawPeer first = RawPeer::connectedTo(server.address().port);
    COMPARE_EVENTS(log, "listening, connection");
    RawPeer second = RawPeer::connectedTo(server.address().port);
    COMPARE_EVENTS(log, "listening, connection, drop");
    const Record record = all(SubjectKind::Server).first();
    const Facts facts = record.subject->facts();
    QCOMPARE(facts.connections, 1u);
    QCOMPARE(facts.maxConnections, 1u);
    QCOMPARE(facts.accepted, 1u);
    QCOMPARE(facts.dropped, 1u);
    QCOMPARE(facts.local, server.address());
    QCOMPARE(all(SubjectKind::Socket).first().subject->facts().server, facts.id);
    server.close();
    QCOMPARE(all(SubjectKind::Server).first().state, State::Closing);
    first.close();
    COMPARE_EVENTS(log, "listening, connection, drop, closed");
    QCOMPARE(all(SubjectKind::Server).first().kinds,
             QList<EventKind>({EventKind::Listening, EventKind::Accepted, EventKind::Dropped, EventKind::Closing,
                               EventKind::Closed}));
}

void tst_Probe::failuresAreTold()
{
    test::DeafPort deaf;
    RawListener taken;
    Socket socket;
    Server server;
    EventLog log;
    log.watch(&socket);
    socket.connectTo(deaf.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "error ECONNREFUSED, closed after error");
    EventLog serverLog(&server);
    server.listen(taken.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(serverLog, "error EADDRINUSE, closed");
    const Record failed = all(SubjectKind::Socket).first();
    QCOMPARE(failed.errors, QStringList(u"ECONNREFUSED"_s));
    QVERIFY(has(failed, EventKind::AttemptFailed));
    QVERIFY(failed.flags & net::probe::Failed);
    QCOMPARE(failed.subject->facts().errorNumber, ECONNREFUSED);
    QCOMPARE(all(SubjectKind::Server).first().errors, QStringList(u"EADDRINUSE"_s));
}

void tst_Probe::queuesAndLossesAreTold()
{
    ConnectedPair pair({.pauseOnConnect = true});
    QVERIFY(pair.accepted);
    const QByteArray huge(20 * 1024 * 1024, 'h');
    pair.client.write(huge);
    const Record jammed = all(SubjectKind::Socket).first();
    QCOMPARE(jammed.queued + jammed.sentTotal, quint64(huge.size()));
    QCOMPARE(jammed.queued, quint64(pair.client.writableLength()));
    pair.accepted->resume(); // to nobody
    WAIT_FOR(pair.accepted->bytesRead() == huge.size());
    const QList<Record> sockets = all(SubjectKind::Socket);
    QCOMPARE(sockets.at(1).lost, quint64(huge.size()));
    QVERIFY(has(sockets.at(0), EventKind::Drain));
    QCOMPARE(sockets.at(0).queued, 0u);
    pair.client.end();
    pair.client.write("late");
    QVERIFY(has(all(SubjectKind::Socket).first(), EventKind::WriteAfterEnd));
}

void tst_Probe::whatReadTakesIsNotLost()
{
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    QByteArray got;
    connect(pair.accepted, &Socket::readyRead, this, [&] { got += pair.accepted->read(); });
    pair.client.write("taken");
    WAIT_FOR(got == "taken");
    QCOMPARE(all(SubjectKind::Socket).at(1).lost, 0u);
    // With nobody at all it is.
    disconnect(pair.accepted, &Socket::readyRead, this, nullptr);
    pair.accepted->resume();
    pair.client.write("lost");
    WAIT_FOR(all(SubjectKind::Socket).at(1).lost == 4);
}

void tst_Probe::factsAreThoseOfTheSocket()
{
    ConnectedPair pair({}, {.allowHalfOpen = true, .highWaterMark = 1234});
    QVERIFY(pair.accepted);
    pair.client.setObjectName(u"caller"_s);
    pair.client.setTimeout(3'600'000);
    pair.client.unref();
    pair.client.pause();
    pair.accepted->write("waiting");
    WAIT_FOR(pair.client.readableLength() == 7);
    Facts facts = all(SubjectKind::Socket).first().subject->facts();
    QCOMPARE(facts.kind, SubjectKind::Socket);
    QCOMPARE(facts.origin, net::probe::Origin::Created);
    QCOMPARE(facts.state, State::Open);
    QCOMPARE(facts.family, net::Family::IPv4);
    QCOMPARE(facts.name, u"caller"_s);
    QCOMPARE(facts.readBuffered, 7u);
    QCOMPARE(facts.received, 7u);
    QCOMPARE(facts.highWaterMark, 1234u);
    QCOMPARE(facts.local, pair.client.address());
    QCOMPARE(facts.remote, pair.server.address());
    const quint32 flags = net::probe::Paused | net::probe::HalfOpen | net::probe::HasTimeout |
                          net::probe::Unreferenced | net::probe::NoReceiver | net::probe::NoErrorHandler |
                          net::probe::NoParent;
    QCOMPARE(facts.flags, flags);
    QVERIFY(facts.descriptor >= 0);
    QVERIFY(facts.createdAt > 0);
    const Subject *accepted = all(SubjectKind::Socket).at(1).subject;
    QCOMPARE(accepted->facts().origin, net::probe::Origin::Accepted);
    // Ends are known after the end too.
    pair.client.destroy();
    facts = all(SubjectKind::Socket).first().subject->facts();
    QCOMPARE(facts.state, State::Closed);
    QCOMPARE(facts.remote, pair.server.address());
    QCOMPARE(facts.descriptor, -1);
}

void tst_Probe::slotsAreTimedOnlyWhenSomebodyAsks()
{
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    qint64 came = 0;
    QObject::connect(pair.accepted, &Socket::data, pair.accepted,
                     [&](const QByteArray &bytes) { came += bytes.size(); });
    pair.client.write("one");
    WAIT_FOR(came == 3);
    net::probe::timeSlots(true);
    pair.client.write("two");
    WAIT_FOR(came == 6);
    net::probe::timeSlots(false);
    pair.client.write("three");
    WAIT_FOR(came == 11);
    QList<EventKind> timed;
    for (const Record &record : all(SubjectKind::Socket))
        timed += record.timed;
    QCOMPARE(timed, QList{EventKind::Received});
}

void tst_Probe::callsOfTheApplicationAreTold()
{
    {
        ConnectedPair pair;
        QVERIFY(pair.accepted);
        pair.accepted->end();
        pair.accepted->end(); // it has ended
        pair.client.end();
        WAIT_FOR(pair.accepted.isNull()); // by libnet itself: nobody has called
        pair.client.destroy();
        pair.client.destroySoon();
        pair.server.close();
        Socket open;
        Server idle;
        Server listens;
        listens.listen({.port = 0, .host = u"127.0.0.1"_s});
        listens.listen({.port = 0, .host = u"127.0.0.1"_s}); // refused
        WAIT_FOR(listens.isListening());
    }
    QList<QList<Call>> sockets;
    for (const Record &record : all(SubjectKind::Socket))
        sockets.append(record.calls);
    QList<QList<Call>> servers;
    for (const Record &record : all(SubjectKind::Server))
        servers.append(record.calls);
    QVERIFY(sockets.removeOne({Call::End}));                    // accepted
    QVERIFY(sockets.removeOne({Call::Created, Call::Destroy})); // deleted while it was open
    QCOMPARE(sockets.size(), 1);
    QCOMPARE(sockets.first().first(3), (QList{Call::Created, Call::Connect, Call::End}));
    QCOMPARE(servers, (QList<QList<Call>>{{Call::Created, Call::Listen, Call::Destroy},
                                          {Call::Created},
                                          {Call::Created, Call::Listen, Call::Destroy}}));
}

void tst_Probe::withoutATapNothingHappens()
{
    net::probe::install(nullptr);
    QCOMPARE(net::probe::tap(), nullptr);
    ConnectedPair pair;
    pair.client.write("unseen");
    test::settle();
    QVERIFY(all(SubjectKind::Socket).isEmpty());
}

QTEST_GUILESS_MAIN(tst_Probe)
#include "tst_probe.moc"
