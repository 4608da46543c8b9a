#include "tests/support/eventlog.h"
#include "tests/support/fulllistener.h"
#include "tests/support/rawpeer.h"

#include "libnet/transport/connectrace.h"

using namespace Qt::StringLiterals;
using net::ConnectRace;
using net::Error;
using net::Family;
using net::Socket;
using net::SocketAddress;
using test::DeafPort;
using test::EventLog;
using test::FullListener;
using test::RawListener;
using test::RawPeer;

/// The first of several addresses that answers, and what is told on the way.
class tst_ConnectRace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void familiesTakeTurns_data();
    void familiesTakeTurns();
    void theNextOneIsTriedAfterARefusal();
    void whenAllRefuseEachIsPartOfTheError();
    void oneThatTakesTooLongIsGivenUp();
    void theLastOneMayTakeItsTime();
    void aLocalPortInUseIsNoAttempt();
    void itMayBeDestroyedWheneverItSpeaks_data();
    void itMayBeDestroyedWheneverItSpeaks();

    void aSocketTellsTheWholeRace();
    void aSocketTellsWhenAllAreLost();
    void aSocketTriesOnlyTheFirstOneIfToldSo();
    void lookupsMayFail();
    void lateRepliesAreHarmless();
};

namespace {

SocketAddress at(const QString &address, quint16 port)
{
    return {.address = address, .family = net::isIPv6(address) ? Family::IPv6 : Family::IPv4, .port = port};
}

/// Notes what it is told, and may end the race at one of the moments.
class Track : public ConnectRace::Owner
{
public:
    void begin(ConnectRace::Course course)
    {
        race = std::make_unique<ConnectRace>(*this, &home, std::move(course));
        race->start();
    }
    bool isOver() const { return connection || error; }

    QObject home; // lives longer than the race
    std::unique_ptr<ConnectRace> race;
    QStringList story;
    net::Descriptor connection;
    Error error;
    QString endAt;

private:
    void note(const QString &event)
    {
        story.append(event);
        if (!endAt.isEmpty() && event.startsWith(endAt))
            race.reset();
    }
    void attempting(const SocketAddress &address) override { note(u"attempting "_s + address.address); }
    void attemptFailed(const SocketAddress &address, const Error &why) override
    {
        note(u"failed %1 %2"_s.arg(address.address, why.code()));
    }
    void attemptTimedOut(const SocketAddress &address) override { note(u"timeout "_s + address.address); }
    void won(net::Descriptor descriptor) override
    {
        connection = std::move(descriptor);
        note(u"won"_s);
    }
    void lost(const Error &why) override
    {
        error = why;
        note(u"lost"_s);
    }
};

} // namespace

void tst_ConnectRace::familiesTakeTurns_data()
{
    QTest::addColumn<QStringList>("given");
    QTest::addColumn<QStringList>("tried");
    const QStringList none;
    QTest::newRow("none") << none << none;
    QTest::newRow("one") << QStringList({u"::1"_s}) << QStringList({u"::1"_s});
    QTest::newRow("beginning with the first") << QStringList({u"1.1.1.1"_s, u"1.1.1.2"_s, u"::1"_s, u"1.1.1.3"_s})
                                              << QStringList({u"1.1.1.1"_s, u"::1"_s, u"1.1.1.2"_s, u"1.1.1.3"_s});
    QTest::newRow("IPv6 first") << QStringList({u"::1"_s, u"::2"_s, u"1.1.1.1"_s, u"1.1.1.2"_s})
                                << QStringList({u"::1"_s, u"1.1.1.1"_s, u"::2"_s, u"1.1.1.2"_s});
    QTest::newRow("each once") << QStringList({u"1.1.1.1"_s, u"1.1.1.1"_s, u"::1"_s, u"::1"_s})
                               << QStringList({u"1.1.1.1"_s, u"::1"_s});
}

void tst_ConnectRace::familiesTakeTurns()
{
    QFETCH(QStringList, given);
    QFETCH(QStringList, tried);
    QList<SocketAddress> addresses;
    for (const QString &address : given)
        addresses.append(at(address, 80));
    QStringList order;
    for (const SocketAddress &address : net::interleaved(addresses))
        order.append(address.address);
    QCOMPARE(order, tried);
}

void tst_ConnectRace::theNextOneIsTriedAfterARefusal()
{
    RawListener listener;
    Track track;
    track.begin({.candidates = {at(u"127.0.0.2"_s, listener.port()), at(u"127.0.0.1"_s, listener.port())},
                 .attemptTimeout = test::LongestWait});
    QCOMPARE(track.story, QStringList({u"attempting 127.0.0.2"_s}));
    WAIT_FOR(track.isOver());
    QCOMPARE(track.story, QStringList({u"attempting 127.0.0.2"_s, u"failed 127.0.0.2 ECONNREFUSED"_s,
                                       u"attempting 127.0.0.1"_s, u"won"_s}));
    QVERIFY(track.connection);
    QVERIFY(listener.accept().isOpen());
}

void tst_ConnectRace::whenAllRefuseEachIsPartOfTheError()
{
    DeafPort deaf;
    Track track;
    track.begin({.candidates = {at(u"127.0.0.2"_s, deaf.port()), at(u"127.0.0.1"_s, deaf.port())},
                 .attemptTimeout = test::LongestWait});
    WAIT_FOR(track.isOver());
    QCOMPARE(track.story.last(), u"lost"_s);
    QCOMPARE(track.error.code(), u"ECONNREFUSED"_s);
    QCOMPARE(track.error.message(), QString());
    QCOMPARE(track.error.errors().size(), 2);
    QCOMPARE(track.error.errors().at(0).message(), u"connect ECONNREFUSED 127.0.0.2:%1"_s.arg(deaf.port()));
    QCOMPARE(track.error.errors().at(1).message(), u"connect ECONNREFUSED 127.0.0.1:%1"_s.arg(deaf.port()));
    // One alone is the error itself.
    Track single;
    single.begin({.candidates = {at(u"127.0.0.1"_s, deaf.port())}, .attemptTimeout = test::LongestWait});
    WAIT_FOR(single.isOver());
    QVERIFY(single.error.errors().isEmpty());
    QCOMPARE(single.error.port(), int(deaf.port()));
}

void tst_ConnectRace::oneThatTakesTooLongIsGivenUp()
{
    FullListener full("127.0.0.1");
    RawListener listener;
    Track track;
    track.begin(
        {.candidates = {at(u"127.0.0.1"_s, full.port()), at(u"127.0.0.1"_s, listener.port())}, .attemptTimeout = 20});
    WAIT_FOR(track.isOver());
    QCOMPARE(track.story,
             QStringList({u"attempting 127.0.0.1"_s, u"timeout 127.0.0.1"_s, u"attempting 127.0.0.1"_s, u"won"_s}));
    QVERIFY(listener.accept().isOpen());

    DeafPort deaf;
    Track lost;
    lost.begin(
        {.candidates = {at(u"127.0.0.1"_s, full.port()), at(u"127.0.0.1"_s, deaf.port())}, .attemptTimeout = 20});
    WAIT_FOR(lost.isOver());
    QCOMPARE(lost.error.code(), u"ETIMEDOUT"_s);
    QCOMPARE(lost.error.errors().size(), 2);
    QCOMPARE(lost.error.errors().last().code(), u"ECONNREFUSED"_s);
}

void tst_ConnectRace::theLastOneMayTakeItsTime()
{
    FullListener full("127.0.0.1");
    Track patient;
    patient.begin({.candidates = {at(u"127.0.0.1"_s, full.port())}, .attemptTimeout = 10});
    // A race whose first candidate is given up after longer than that.
    RawListener listener;
    Track other;
    other.begin(
        {.candidates = {at(u"127.0.0.1"_s, full.port()), at(u"127.0.0.1"_s, listener.port())}, .attemptTimeout = 40});
    WAIT_FOR(other.isOver());
    QVERIFY(!patient.isOver());
    full.makeRoom();
    WAIT_FOR(patient.isOver()); // the system tries again by itself, after about a second
    QCOMPARE(patient.story, QStringList({u"attempting 127.0.0.1"_s, u"won"_s}));
}

void tst_ConnectRace::aLocalPortInUseIsNoAttempt()
{
    RawListener listener;
    RawListener any(16, "0.0.0.0");
    Track track;
    track.begin({.candidates = {at(u"127.0.0.1"_s, listener.port()), at(u"127.0.0.2"_s, listener.port())},
                 .local = {.port = any.port()},
                 .attemptTimeout = test::LongestWait});
    QVERIFY(track.isOver());
    QCOMPARE(track.story, QStringList({u"lost"_s}));
    QCOMPARE(track.error.errors().size(), 2);
    QCOMPARE(track.error.errors().first().message(), u"bind EADDRINUSE 0.0.0.0:%1"_s.arg(any.port()));
}

void tst_ConnectRace::itMayBeDestroyedWheneverItSpeaks_data()
{
    QTest::addColumn<QString>("moment");
    for (const char *moment : {"attempting 127.0.0.1", "timeout", "failed", "attempting 127.0.0.3", "won", "lost"})
        QTest::newRow(moment) << QString::fromLatin1(moment);
}

void tst_ConnectRace::itMayBeDestroyedWheneverItSpeaks()
{
    QFETCH(QString, moment);
    FullListener full("127.0.0.1");
    RawListener listener(16, "127.0.0.3");
    DeafPort deaf;
    Track track;
    track.endAt = moment;
    const SocketAddress last =
        moment == u"lost"_s ? at(u"127.0.0.1"_s, deaf.port()) : at(u"127.0.0.3"_s, listener.port());
    track.begin(
        {.candidates = {at(u"127.0.0.1"_s, full.port()), at(u"127.0.0.2"_s, deaf.port()), last}, .attemptTimeout = 20});
    WAIT_FOR(!track.race);
    test::settle();
    QVERIFY2(track.story.last().startsWith(moment), qPrintable(track.story.join(u' ')));
}

// The same, as a socket tells it -----------------------------------------------------------------------------

static net::Lookup answering(const QStringList &addresses)
{
    return [addresses](const QString &, Family, const net::LookupReply &reply) {
        QList<SocketAddress> found;
        for (const QString &address : addresses)
            found.append(at(address, 0));
        reply({}, found);
    };
}

void tst_ConnectRace::aSocketTellsTheWholeRace()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo({.port = listener.port(),
                      .host = u"x.test"_s,
                      .lookup = answering({u"127.0.0.2"_s, u"127.0.0.3"_s, u"::1"_s, u"127.0.0.1"_s})});
    COMPARE_EVENTS(log, "lookup x.test 127.0.0.2 4, lookup x.test 127.0.0.3 4, lookup x.test ::1 6, "
                        "lookup x.test 127.0.0.1 4, attempt 127.0.0.2, failed 127.0.0.2 ECONNREFUSED, attempt ::1, "
                        "failed ::1 ECONNREFUSED, attempt 127.0.0.3, failed 127.0.0.3 ECONNREFUSED, "
                        "attempt 127.0.0.1, connected, ready");
    const QString port = QString::number(listener.port());
    QCOMPARE(socket.autoSelectFamilyAttemptedAddresses(),
             QStringList({u"127.0.0.2:"_s + port, u"::1:"_s + port, u"127.0.0.3:"_s + port, u"127.0.0.1:"_s + port}));
}

void tst_ConnectRace::aSocketTellsWhenAllAreLost()
{
    DeafPort deaf;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo({.port = deaf.port(), .host = u"x.test"_s, .lookup = answering({u"127.0.0.2"_s, u"127.0.0.1"_s})});
    COMPARE_EVENTS(log, "error ECONNREFUSED, closed after error");
    QCOMPARE(log.error().errors().size(), 2);
}

void tst_ConnectRace::aSocketTriesOnlyTheFirstOneIfToldSo()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo({.port = listener.port(),
                      .host = u"x.test"_s,
                      .lookup = answering({u"127.0.0.2"_s, u"127.0.0.1"_s}),
                      .autoSelectFamily = false});
    COMPARE_EVENTS(log, "lookup x.test 127.0.0.2 4, attempt 127.0.0.2, failed 127.0.0.2 ECONNREFUSED, "
                        "error ECONNREFUSED, closed after error");
}

void tst_ConnectRace::lookupsMayFail()
{
    Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo({.port = 80, .host = u"x.test"_s, .lookup = [](const QString &, Family, const auto &reply) {
                          reply(Error::fromCode(u"EMINE"_s, u"of my own"_s), {});
                      }});
    COMPARE_EVENTS(log, "lookup x.test EMINE, error EMINE, closed after error");
    QCOMPARE(log.error().message(), u"of my own"_s);

    Socket nowhere;
    EventLog nowhereLog(&nowhere);
    nowhere.connectTo({.port = 80, .host = u"x.test"_s, .lookup = answering({})});
    COMPARE_EVENTS(nowhereLog, "error ENOTFOUND, closed after error");
}

void tst_ConnectRace::lateRepliesAreHarmless()
{
    RawListener listener;
    net::LookupReply reply;
    const net::Lookup later = [&reply](const QString &, Family, const net::LookupReply &function) {
        reply = function;
    };
    Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo({.port = listener.port(), .host = u"x.test"_s, .lookup = later});
    WAIT_FOR(reply);
    socket.destroy();
    COMPARE_EVENTS(log, "closed");
    reply({}, {at(u"127.0.0.1"_s, 0)});
    test::settle();
    {
        Socket gone;
        gone.connectTo({.port = listener.port(), .host = u"x.test"_s, .lookup = later});
        WAIT_FOR(reply);
    }
    reply({}, {at(u"127.0.0.1"_s, 0)});
    // And one that comes in time, twice.
    socket.connectTo({.port = listener.port(), .host = u"x.test"_s, .lookup = later});
    WAIT_FOR(reply);
    reply({}, {at(u"127.0.0.1"_s, 0)});
    reply({}, {at(u"127.0.0.2"_s, 0)});
    COMPARE_EVENTS(log, "closed, lookup x.test 127.0.0.1 4, attempt 127.0.0.1, connected, ready");
}

QTEST_GUILESS_MAIN(tst_ConnectRace)
#include "tst_connectrace.moc"
