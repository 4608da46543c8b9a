#include "feeddesk.h"
#include "inspector/session/monotonic.h"
#include "scene.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

/// Everything an agent says in a short conversation.
QByteArray conversation()
{
    QByteArray bytes = Scene::greeting(Observe | SeePayload);
    const Description server = Scene::server(1, u"echo"_s, 8124);
    Description socket = Scene::accepted(2, 1, 1002);
    socket.counters = Scene::counters(socket, 1000, 500);
    bytes += Scene::snapshot({server, socket});
    const QList<CounterRecord> counters = {Scene::counters(socket, 1000, 500)};
    encode(bytes, std::span(counters.constData(), 1), 5);
    const QList<EventRecord> events = {Scene::event(2, EventKind::Received, 1000, 1000),
                                       Scene::event(2, EventKind::Sent, 500, 500)};
    encode(bytes, std::span(events.constData(), 2), 7);
    encode(bytes, Drops{.reason = DropReason::Ring, .total = 12});
    encode(bytes, Drops{.reason = DropReason::Link, .total = 3});
    encode(bytes, Scene::payload(2, Direction::Received, 0, "hello"));
    encode(bytes, Status{.ringDropped = 12, .linkDropped = 3, .memory = 4096});
    const GoneRecord gone{.subject = 2, .time = 99};
    encode(bytes, std::span(&gone, 1), 9);
    return bytes;
}

} // namespace

class tst_Session : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAWholeConversation();
    void takesItByteByByte();
    void mayEndAtAnyByte();
    void survivesGarbageAnywhere();
    void whatEventsHaveToldIsCountedInTheEnd();
    void whatWasBeforeTheGreetingIsToldApart();
    void aWindowThatWasHeldUpSeesNoSpike();
    void refusesAnAgentThatTellsOfEndlesslyMany();
    void refusesASnapshotInsideOfAnother();
    void whatIsOverMakesRoom();
    void refusesAnotherVersion();
    void refusesToBeGreetedTwice();
    void tellsWhyTheAgentRefused();
    void aLaterSnapshotReplacesEverything();
    void aNewConversationForgetsWhatIsNoLongerThere();
    void recordingCanBeStopped();
    void theEndOfAProcessClosesItsRows();
};

void tst_Session::takesAWholeConversation()
{
    FeedDesk desk;
    QSignalSpy failed(desk.dialogue.get(), &Dialogue::failed);
    desk.dialogue->receive(conversation());
    QCOMPARE(failed.count(), 0);
    QVERIFY(desk.dialogue->isGreeted());
    QCOMPARE(desk.counters(2).received, 1000u);
    QCOMPARE(desk.counters(1).sent, 500u);
    QCOMPARE(desk.counters(0).received, 1000u);
    QCOMPARE(desk.identity(2).life, RowLife::Closed);
    QCOMPARE(desk.identity(2).goneAt, 99);
    QCOMPARE(desk.records.events.end(), 2u);
    QCOMPARE(desk.records.payloads.find({1, 2})->at(0).bytes, "hello"_ba);
    QCOMPARE(desk.feed.accounts().ringDropped, 12u);
    QCOMPARE(desk.feed.accounts().linkDropped, 3u);
    QCOMPARE(desk.feed.accounts().received, 2u);
    QCOMPARE(desk.feed.accounts().agentMemory, 4096u);
}

void tst_Session::takesItByteByByte()
{
    FeedDesk desk;
    for (const char byte : conversation())
        desk.dialogue->receive(QByteArrayView(&byte, 1));
    QVERIFY(!desk.dialogue->hasFailed());
    QCOMPARE(desk.counters(1).received, 1000u);
    QCOMPARE(desk.records.events.end(), 2u);
}

void tst_Session::mayEndAtAnyByte()
{
    const QByteArray bytes = conversation();
    for (qsizetype end = 0; end < bytes.size(); ++end) {
        FeedDesk desk;
        desk.dialogue->receive(bytes.first(end));
        QVERIFY(!desk.dialogue->hasFailed());
        desk.connect();
        desk.dialogue->receive(bytes);
        QVERIFY(!desk.dialogue->hasFailed());
        // Totals are totals: hearing them twice changes nothing.
        QCOMPARE(desk.counters(1).received, 1000u);
        QCOMPARE(desk.identity(2).life, RowLife::Closed);
    }
}

void tst_Session::survivesGarbageAnywhere()
{
    const QByteArray bytes = conversation();
    QRandomGenerator random(3);
    for (int round = 0; round < 3000; ++round) {
        FeedDesk desk;
        int failures = 0;
        QObject::connect(desk.dialogue.get(), &Dialogue::failed, [&](const QString &reason) {
            ++failures;
            QVERIFY(!reason.isEmpty());
        });
        QByteArray broken = bytes;
        for (int i = random.bounded(4); i >= 0; --i)
            broken[random.bounded(static_cast<int>(broken.size()))] = static_cast<char>(random.bounded(256));
        desk.dialogue->receive(broken);
        desk.dialogue->receive(bytes);
        QVERIFY(failures <= 1);
        QCOMPARE(desk.dialogue->hasFailed(), failures == 1);
    }
    FeedDesk desk;
    desk.dialogue->receive(QByteArray(100'000, '\xff'));
    QVERIFY(desk.dialogue->hasFailed());
}

void tst_Session::whatEventsHaveToldIsCountedInTheEnd()
{
    FeedDesk desk;
    Description socket = Scene::accepted(2, 1, 1002);
    socket.counters.received = 1000;
    socket.counters.sent = 500;
    desk.dialogue->receive(Scene::greeting() + Scene::snapshot({Scene::server(1, u"echo"_s, 8124), socket}));
    const QList<EventRecord> events = {Scene::event(2, EventKind::Received, 200, 1200),
                                       Scene::event(2, EventKind::Received, 300, 1500),
                                       Scene::event(2, EventKind::Sent, 100, 400), // from before the counters
                                       Scene::event(77, EventKind::Sent, 1, 1)};   // of nobody
    QByteArray bytes;
    encode(bytes, std::span(events.constData(), 4), 0);
    desk.dialogue->receive(bytes);
    QCOMPARE(desk.counters(2).received, 1000u);
    desk.feed.catchUp();
    QCOMPARE(desk.counters(2).received, 1500u);
    QCOMPARE(desk.counters(2).sent, 500u);
    const RowIdentity &process = desk.records.objects.identity(desk.records.objects.find({1, 0}));
    QCOMPARE(desk.records.objects.counters(desk.records.objects.find(process.key)).received, 1500u);
    // And by itself when the application is gone.
    const EventRecord last = Scene::event(2, EventKind::Sent, 700, 1200);
    bytes.clear();
    encode(bytes, std::span(&last, 1), 4);
    desk.dialogue->receive(bytes);
    desk.feed.end();
    QCOMPARE(desk.counters(2).sent, 1200u);
}

void tst_Session::whatWasBeforeTheGreetingIsToldApart()
{
    FeedDesk desk;
    EventRecord old = Scene::event(1, EventKind::Listening);
    old.time = monotonicNow() - 10'000'000'000;
    desk.dialogue->receive(Scene::greeting() + Scene::snapshot({Scene::server(1, u"echo"_s, 8124)}));
    EventRecord recent = Scene::event(1, EventKind::Accepted);
    recent.time = monotonicNow();
    const QList<EventRecord> events = {old, old, recent};
    QByteArray bytes;
    encode(bytes, std::span(events.constData(), 3), 0);
    desk.dialogue->receive(bytes);
    QCOMPARE(desk.feed.accounts().received, 3u);
    QCOMPARE(desk.feed.accounts().past, 2u);
}

void tst_Session::aWindowThatWasHeldUpSeesNoSpike()
{
    static constexpr qint64 second = 1'000'000'000;
    FeedDesk desk;
    Description socket = Scene::accepted(2, 1, 1002);
    desk.dialogue->receive(Scene::greeting() + Scene::snapshot({Scene::server(1, u"echo"_s, 8124), socket}));
    const auto tell = [&](quint64 received, qint64 stamp) {
        const CounterRecord counters = Scene::counters(socket, received, 0);
        QByteArray bytes;
        encode(bytes, std::span(&counters, 1), stamp);
        desk.dialogue->receive(bytes);
    };
    const auto rate = [&] {
        return desk.records.objects.rates(desk.records.objects.find({1, 2})).latestIn;
    };
    const qint64 begin = monotonicNow();
    tell(1000, begin);
    desk.feed.advance(begin + second / 20);
    tell(1100, begin + second / 10);
    desk.feed.advance(begin + second / 10);
    QCOMPARE(rate(), 1000.0);
    // Stopped for half a minute: the first frame comes before the window has read what was said meanwhile.
    desk.feed.advance(begin + 30 * second);
    tell(31'000, begin + 30 * second);
    desk.feed.advance(begin + 30 * second + second / 20);
    QVERIFY2(rate() > 900 && rate() < 1100, qPrintable(QString::number(rate())));
    // What ends has no rate.
    desk.records.objects.close(desk.records.objects.find({1, 2}), monotonicNow(), monotonicNow());
    QCOMPARE(rate(), 0.0);
}

void tst_Session::refusesAnAgentThatTellsOfEndlesslyMany()
{
    FeedDesk desk;
    desk.records.rowBytes = 1'000'000;
    QSignalSpy failed(desk.dialogue.get(), &Dialogue::failed);
    desk.dialogue->receive(Scene::greeting() + Scene::snapshot({Scene::server(1, u"echo"_s, 8124)}));
    quint64 told = 1;
    while (!desk.dialogue->hasFailed() && told < 100'000) {
        QByteArray bytes;
        const Description next = Scene::accepted(++told, 1, 1002);
        encode(bytes, std::span(&next, 1), 0);
        desk.dialogue->receive(bytes);
    }
    QCOMPARE(failed.size(), 1);
    QVERIFY2(told > 500 && told < 1000, qPrintable(QString::number(told)));

    // By long texts as well as by their number.
    FeedDesk other;
    other.records.rowBytes = 1'000'000;
    other.dialogue->receive(Scene::greeting() + Scene::snapshot({Scene::server(1, u"echo"_s, 8124)}));
    for (told = 1; !other.dialogue->hasFailed() && told < 100'000;) {
        QByteArray bytes;
        Description next = Scene::accepted(++told, 1, 1002);
        next.name = QString(30'000, u'x');
        encode(bytes, std::span(&next, 1), 0);
        other.dialogue->receive(bytes);
    }
    QVERIFY2(told > 200 && told < 400, qPrintable(QString::number(told)));
}

void tst_Session::refusesASnapshotInsideOfAnother()
{
    FeedDesk desk;
    QSignalSpy failed(desk.dialogue.get(), &Dialogue::failed);
    const QByteArray whole = Scene::snapshot({Scene::server(1, u"echo"_s, 8124)});
    desk.dialogue->receive(Scene::greeting() + whole + Scene::snapshot({Scene::server(1, u"echo"_s, 8124)}, 2));
    QCOMPARE(failed.size(), 0);
    QByteArray begin;
    encode(begin, SnapshotBegin{3, 1, 0});
    desk.dialogue->receive(begin);
    QCOMPARE(failed.size(), 0);
    desk.dialogue->receive(begin);
    QCOMPARE(failed.size(), 1);
    // A new conversation begins anew.
    desk.connect();
    desk.dialogue->receive(Scene::greeting() + whole);
    QVERIFY(!desk.dialogue->hasFailed());
}

void tst_Session::whatIsOverMakesRoom()
{
    FeedDesk desk;
    desk.records.rowBytes = 1'000'000;
    desk.dialogue->receive(Scene::greeting() + Scene::snapshot({Scene::server(1, u"echo"_s, 8124)}));
    for (quint64 told = 2; told < 20'000; ++told) {
        QByteArray bytes;
        const Description next = Scene::accepted(told, 1, 1002);
        encode(bytes, std::span(&next, 1), 0);
        // Told of again, as when it has got a name, it takes no more room.
        encode(bytes, std::span(&next, 1), 0);
        // Closed first, as its counters say, or gone at once.
        CounterRecord over = Scene::counters(next, 0, 0);
        over.state = State::Closed;
        if (told % 2)
            encode(bytes, std::span(&over, 1), 0);
        const GoneRecord gone{.subject = told, .time = 99};
        encode(bytes, std::span(&gone, 1), 0);
        desk.dialogue->receive(bytes);
        QVERIFY2(!desk.dialogue->hasFailed(), qPrintable(QString::number(told)));
    }
    // And so does what was there before the link was lost, and is no more.
    for (int round = 0; round < 20; ++round) {
        QList<Description> many;
        for (quint64 i = 0; i < 300; ++i)
            many += Scene::accepted(20'000 + static_cast<quint64>(round) * 300 + i, 1, 1002);
        desk.connect();
        desk.dialogue->receive(Scene::greeting() + Scene::snapshot(many));
        QVERIFY2(!desk.dialogue->hasFailed(), qPrintable(QString::number(round)));
    }
}

void tst_Session::refusesAnotherVersion()
{
    FeedDesk desk;
    QSignalSpy failed(desk.dialogue.get(), &Dialogue::failed);
    Hello hello;
    hello.side = Side::Agent;
    hello.oldest = 7;
    hello.newest = 9;
    hello.version = 8;
    QByteArray bytes;
    encode(bytes, hello);
    desk.dialogue->receive(bytes);
    QCOMPARE(failed.count(), 1);
    QVERIFY(failed[0][0].toString().startsWith(u"the agent speaks protocol version 7 to 9"_s));
    desk.dialogue->receive(conversation());
    QCOMPARE(failed.count(), 1);
    QCOMPARE(desk.records.objects.find({1, 1}), -1);
}

void tst_Session::refusesToBeGreetedTwice()
{
    FeedDesk desk;
    desk.dialogue->receive(Scene::greeting());
    desk.dialogue->receive(Scene::greeting());
    QVERIFY(desk.dialogue->hasFailed());
    FeedDesk mirror; // an inspector at the other end is no agent
    mirror.dialogue->receive(Dialogue::greeting(Observe));
    QVERIFY(mirror.dialogue->hasFailed());
}

void tst_Session::tellsWhyTheAgentRefused()
{
    FeedDesk desk;
    QSignalSpy failed(desk.dialogue.get(), &Dialogue::failed);
    QByteArray bytes;
    encode(bytes, Error{.code = ErrorCode::TooMany, .message = u"too many inspectors"_s});
    desk.dialogue->receive(bytes);
    QCOMPARE(failed[0][0].toString(), u"the agent refused: too many inspectors"_s);
}

void tst_Session::aLaterSnapshotReplacesEverything()
{
    FeedDesk desk;
    desk.dialogue->receive(Scene::greeting() +
                           Scene::snapshot({Scene::server(1, u"a"_s, 1), Scene::client(2, u"b"_s, 2)}));
    desk.dialogue->receive(Scene::snapshot({Scene::client(2, u"b"_s, 2), Scene::client(3, u"c"_s, 3)}, 2));
    QCOMPARE(desk.identity(1).life, RowLife::Closed);
    QCOMPARE(desk.identity(2).life, RowLife::Live);
    QCOMPARE(desk.identity(3).life, RowLife::Live);
}

void tst_Session::aNewConversationForgetsWhatIsNoLongerThere()
{
    FeedDesk desk;
    desk.dialogue->receive(Scene::greeting() +
                           Scene::snapshot({Scene::server(1, u"a"_s, 1), Scene::client(2, u"b"_s, 2)}));
    desk.connect();
    desk.dialogue->receive(Scene::greeting() + Scene::snapshot({Scene::server(1, u"a"_s, 1)}));
    QCOMPARE(desk.identity(1).life, RowLife::Live);
    QCOMPARE(desk.identity(2).life, RowLife::Closed);
}

void tst_Session::recordingCanBeStopped()
{
    FeedDesk desk;
    desk.records.recording = false;
    desk.dialogue->receive(conversation());
    QCOMPARE(desk.records.events.end(), 0u);
    QVERIFY(!desk.records.payloads.find({1, 2}));
    QCOMPARE(desk.counters(1).received, 1000u); // state is followed all the same
}

void tst_Session::theEndOfAProcessClosesItsRows()
{
    FeedDesk desk;
    desk.dialogue->receive(Scene::greeting() +
                           Scene::snapshot({Scene::server(1, u"a"_s, 1), Scene::client(2, u"b"_s, 2)}));
    desk.feed.end();
    for (const quint64 subject : {0, 1, 2})
        QCOMPARE(desk.identity(subject).life, RowLife::Closed);
    QCOMPARE(desk.counters(0).state, State::Closed);
    QCOMPARE(desk.counters(0).connections, 0u);
}

QTEST_GUILESS_MAIN(tst_Session)
#include "tst_session.moc"
