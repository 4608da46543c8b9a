#include "inspector/models/report.h"
#include "inspector/session/crc32.h"
#include "inspector/session/endpointtext.h"
#include "inspector/session/sessionfile.h"
#include "inspector/session/sessionsaver.h"
#include "inspector/session/sessionstate.h"
#include "reopened.h"
#include "scene.h"

#include <QBuffer>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;
using namespace std::chrono_literals;

namespace {

QByteArray saved(const Records &records)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    SessionSaver saver(records);
    if (!saver.open(buffer).isEmpty())
        return {};
    while (saver.writeOn(1h))
        ;
    return saver.problem().isEmpty() ? buffer.data() : QByteArray();
}

/// A session with something of everything.
class Example
{
public:
    Example()
    {
        quiet.addProcess(1, u"shop"_s, 4711);
        quiet.addProcess(2, u"mail"_s, 4712);
        for (const quint32 process : {1u, 2u})
            quiet.objects().setState(quiet.objects().find({process, 0}), State::Open);
        quiet.add(1, Scene::server(1, u"echo"_s, 8124));
        Description socket = Scene::accepted(2, 1, 1002);
        quiet.add(1, socket);
        quiet.count(1, Scene::counters(socket, 1000, 500));
        Description failed = Scene::client(3, u"fetcher"_s, 80, State::Closed);
        failed.errorMessage = u"connection refused"_s;
        failed.counters.errorNumber = 111;
        quiet.add(1, failed);
        Description local = Scene::client(4, u"täglich"_s, 0);
        local.record.localFamily = local.record.remoteFamily = Family::Local;
        local.localAddress.clear();
        local.remoteAddress = QChar(0) + u"abstract"_s;
        quiet.add(2, local);
        Description six = Scene::client(5, u"six"_s, 443);
        six.record.localFamily = six.record.remoteFamily = Family::IPv6;
        six.localAddress = u"::1"_s;
        six.remoteAddress = u"2001:db8::7"_s;
        quiet.add(2, six);
        const QList<EventRecord> events{Scene::event(2, EventKind::Received, 1000, 1000),
                                        Scene::event(2, EventKind::Sent, 500, 500),
                                        Scene::event(2, EventKind::DataLost, 7)};
        quiet.happen(1, events);
        quiet.objects().notice(1, events);
        quiet.happen(2, {Scene::event(4, EventKind::Connected)});
        quiet.session.records().payloads.append({1, 2}, Scene::payload(2, Direction::Received, 0, "hello"));
        quiet.session.records().payloads.append({1, 2}, Scene::payload(2, Direction::Sent, 0, "wo\0ld"_ba));
    }
    Records &records() { return quiet.session.records(); }

    QuietSession quiet;
};

} // namespace

class tst_SessionFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theChecksumIsTheWellKnownOne();
    void describesARowAsItsAgentDid();
    void savedSessionsComeBack();
    void sumsOfForgottenSocketsComeBack();
    void eventsComeBackOfWhomNothingIsKnown();
    void timesOfDayComeBack();
    void mayEndAtAnyByte();
    void noByteChangesUnnoticed();
    void refusesWhatIsNoRecording_data();
    void refusesWhatIsNoRecording();
    void skipsWhatANewerWriterAdds();
    void aHostileFrameEndsThatProcessOnly();
};

void tst_SessionFile::theChecksumIsTheWellKnownOne()
{
    QCOMPARE(crc32("123456789"), 0xCBF43926u);
    QCOMPARE(crc32("6789", crc32("12345")), 0xCBF43926u);
    QCOMPARE(crc32(""), 0u);
}

void tst_SessionFile::describesARowAsItsAgentDid()
{
    QuietSession quiet;
    quiet.addProcess(1, u"shop"_s, 1);
    QList<Description> all{Scene::server(1, u"a"_s, 80), Scene::accepted(2, 1, 1002), Scene::client(3, u"c"_s, 9)};
    Description bare = Scene::client(4, {}, 0, State::Idle);
    bare.record.localPort = 0;
    bare.localAddress.clear();
    bare.remoteAddress.clear();
    all += bare;
    Description six = Scene::accepted(5, 1, 7);
    six.record.localFamily = six.record.remoteFamily = Family::IPv6;
    six.localAddress = u"fe80::1%eth0"_s;
    six.remoteAddress = u"::"_s;
    all += six;
    Description local = Scene::server(6, u"l"_s, 0);
    local.record.localFamily = local.record.remoteFamily = Family::Local;
    local.localAddress = u"/run/a:80"_s;
    all += local;
    for (const Description &description : all) {
        quiet.add(1, description);
        const int row = quiet.objects().find({1, description.record.subject});
        Description again = descriptionOf(quiet.objects(), row);
        const auto text = [](const Description &from) {
            const DescriptionRecord &record = from.record;
            return endpointText(record.localFamily, from.localAddress, record.localPort) + u' ' +
                   endpointText(record.remoteFamily, from.remoteAddress, record.remotePort);
        };
        QCOMPARE(text(again), text(description));
        QCOMPARE(again.record.subject, description.record.subject);
        QCOMPARE(again.record.server, description.record.server);
        QCOMPARE(again.record.kind, description.record.kind);
        QCOMPARE(again.record.origin, description.record.origin);
        QCOMPARE(again.name, description.name);
        QCOMPARE(again.counters.highWaterMark, description.counters.highWaterMark);
    }
}

void tst_SessionFile::savedSessionsComeBack()
{
    Example example;
    const QByteArray bytes = saved(example.records());
    QVERIFY(!bytes.isEmpty());
    Reopened again(bytes);
    QCOMPARE(again.problem(), QString());
    QCOMPARE(again.text(), reportOf(example.records()).text);
    QVERIFY(!again.session.isLive());
    QVERIFY(!again.session.feed(1));
    const int row = again.row({1, 2});
    QCOMPARE(again.objects().counters(row).received, 1000u);
    QCOMPARE(again.objects().told(row).dataLost, 7u); // counted once
    QCOMPARE(again.objects().counters(again.row({1, 0})).sent, 500u);
    QCOMPARE(again.objects().texts(again.row({2, 4})).remote, u"@abstract"_s);
    const PayloadLog *const log = again.session.records().payloads.find({1, 2});
    QVERIFY(log);
    QCOMPARE(log->at(0).bytes, "hello"_ba);
    QCOMPARE(log->at(1).bytes, "wo\0ld"_ba);
    const EventLog &before = example.records().events;
    const EventLog &after = again.session.records().events;
    QCOMPARE(after.end() - after.begin(), before.end() - before.begin());
    for (quint64 i = 0; i < before.end() - before.begin(); ++i) {
        const LogRecord a = before.at(before.begin() + i);
        const LogRecord b = after.at(after.begin() + i);
        QCOMPARE(std::memcmp(&a, &b, sizeof a), 0);
    }
    // And what was opened can be saved again.
    QCOMPARE(Reopened(saved(again.session.records())).text(), again.text());
}

void tst_SessionFile::sumsOfForgottenSocketsComeBack()
{
    Example example;
    example.quiet.objects().close(example.quiet.objects().find({1, 2}), 1, 1);
    example.quiet.objects().expire(2, 2, 0); // forgets it
    QCOMPARE(example.quiet.objects().find({1, 2}), -1);
    Reopened again(saved(example.records()));
    QCOMPARE(again.row({1, 2}), -1);
    QCOMPARE(again.objects().counters(again.row({1, 1})).received, 1000u);
    QCOMPARE(again.objects().counters(again.row({1, 0})).received, 1000u);
}

// As of one from which the inspector has detached, and whose sockets were forgotten since.
void tst_SessionFile::eventsComeBackOfWhomNothingIsKnown()
{
    QuietSession quiet;
    quiet.addProcess(1, u"left"_s, 4711);
    quiet.addProcess(2, u"never met"_s, 4712);
    quiet.happen(1, QList<EventRecord>(3, Scene::event(2, EventKind::Received, 1, 1)));
    const Reopened again(saved(quiet.session.records()));
    QCOMPARE(again.problem(), QString());
    QCOMPARE(again.session.records().events.end(), 3U);
    QCOMPARE(again.objects().counters(again.row({1, 0})).state, State::Open);
    QCOMPARE(again.objects().counters(again.row({2, 0})).state, State::Idle);
}

void tst_SessionFile::timesOfDayComeBack()
{
    Example example;
    const qint64 at = example.records().events.at(0).time;
    const WallClock &before = example.records().objects.clock();
    Reopened again(saved(example.records()));
    const WallClock &after = again.objects().clock();
    QVERIFY(after.isStopped());
    QCOMPARE(after.epoch(), before.epoch());
    QCOMPARE(after.secondOfDay(at), before.secondOfDay(at));
    const qint64 now = after.now();
    QTest::qWait(1);
    QCOMPARE(after.now(), now);
}

void tst_SessionFile::mayEndAtAnyByte()
{
    Example example;
    const QByteArray bytes = saved(example.records());
    quint64 events = 0;
    int rows = 0;
    for (qsizetype end = 0; end < bytes.size(); ++end) {
        Reopened again(bytes.first(end));
        QVERIFY2(!again.problem().isEmpty(), qPrintable(QString::number(end)));
        if (!again.refusal.isEmpty())
            continue;
        // The more there is of it, the more is shown.
        QVERIFY(again.session.records().events.end() >= events);
        events = again.session.records().events.end();
        QVERIFY(again.objects().size() >= rows);
        rows = again.objects().size();
    }
    QCOMPARE(events, 4u);
    QCOMPARE(rows, 7);
}

void tst_SessionFile::noByteChangesUnnoticed()
{
    Example example;
    const QByteArray bytes = saved(example.records());
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        if (at >= 10 && at < 16)
            continue; // reserved
        QByteArray broken = bytes;
        broken[at] = static_cast<char>(broken[at] ^ 0x40);
        Reopened again(broken);
        QVERIFY2(!again.problem().isEmpty(), qPrintable(QString::number(at)));
    }
}

void tst_SessionFile::refusesWhatIsNoRecording_data()
{
    Example example;
    const QByteArray good = saved(example.records());
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QByteArray() << u"it is no recording of net-inspector"_s;
    QTest::newRow("text") << QByteArray(100, 'x') << u"it is no recording of net-inspector"_s;
    QByteArray newer = good;
    newer[8] = 7;
    QTest::newRow("newer") << newer << u"it has version 7 of the format, and this net-inspector reads version 1"_s;
    QTest::newRow("preamble only") << good.first(16) << u"its head is damaged"_s;
    QByteArray vast = good;
    vast[16 + 3] = '\x7f'; // an entry of two gigabytes
    QTest::newRow("vast") << vast << u"its head is damaged"_s;
    // The line ends that a transfer as text turns into others.
    QTest::newRow("converted") << QByteArray(good).replace("\r\n", "\n") << u"it is no recording of net-inspector"_s;
}

void tst_SessionFile::refusesWhatIsNoRecording()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    Reopened again(bytes);
    QCOMPARE(again.refusal, text);
    QVERIFY(again.session.isLive());
}

void tst_SessionFile::skipsWhatANewerWriterAdds()
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    SessionFileWriter writer(buffer);
    writer.begin({.software = u"later"_s, .monotonic = 5, .realtime = 10});
    writer.append(static_cast<EntryKind>(77), 0, 5, "a thing");
    writer.appendCard(1, 5, {.pid = 9, .name = u"app"_s});
    writer.append(static_cast<EntryKind>(78), 1, 5, "of a process", 0x80);
    writer.appendFrames(1, 6, Scene::greeting() + Scene::snapshot({Scene::client(3, u"c"_s, 9)}),
                        conversationFlag | 0x40);
    writer.end(6);
    Reopened again(buffer.data());
    QCOMPARE(again.problem(), QString());
    QVERIFY(again.row({1, 3}) >= 0);
    QCOMPARE(again.session.origin()->software, u"later"_s);
}

void tst_SessionFile::aHostileFrameEndsThatProcessOnly()
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    SessionFileWriter writer(buffer);
    writer.begin({.monotonic = 5, .realtime = 10});
    for (const quint32 process : {1u, 2u}) {
        writer.appendCard(process, 5, {.pid = process, .name = u"app"_s});
        writer.appendFrames(process, 5, Scene::greeting(), conversationFlag);
    }
    writer.append(EntryKind::Frames, 1, 6, QByteArray(64, '\xff'));
    for (const quint32 process : {1u, 2u})
        writer.appendFrames(process, 7, Scene::snapshot({Scene::client(3, u"c"_s, 9)}));
    writer.append(EntryKind::Frames, 99, 7, "nobody's");
    writer.append(EntryKind::Sums, 2, 7, "odd");
    writer.end(7);
    Reopened again(buffer.data());
    QVERIFY2(again.problem().startsWith(u"the agent does not speak the protocol"_s), qPrintable(again.problem()));
    QCOMPARE(again.row({1, 3}), -1);
    QVERIFY(again.row({2, 3}) >= 0);
}

QTEST_GUILESS_MAIN(tst_SessionFile)
#include "tst_sessionfile.moc"
