#include "inspector/exports/exportfile.h"
#include "inspector/session/monotonic.h"
#include "inspector/session/sessionloader.h"
#include "inspector/session/sessionsaver.h"
#include "libnet/agent/agent.h"
#include "libnet/net.h"
#include "scene.h"
#include "shark.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

/// An application that counts for itself: a server that answers everything twice.
class Application
{
public:
    explicit Application(const net::ListenOptions &where)
    {
        QObject::connect(&m_server, &net::Server::connection, [](net::Socket *socket) {
            QObject::connect(socket, &net::Socket::data, socket,
                             [socket](const QByteArray &bytes) { socket->write(bytes + bytes); });
        });
        QObject::connect(&m_server, &net::Server::errorOccurred, [this] { m_failed = true; });
        m_server.listen(where);
    }
    bool listens()
    {
        return QTest::qWaitFor([this] { return m_server.isListening() || m_failed; }) && !m_failed;
    }
    int port() const { return m_server.address().port; }

    /// Says \a bytes by a connection to \a where, and is done when it has heard all of the answer.
    bool talk(const net::ConnectOptions &where, const QByteArray &bytes)
    {
        net::Socket *const socket = net::connect(where, &m_owner);
        Shark::Talk &heard = *m_talks.emplace_back(std::make_unique<Shark::Talk>());
        QObject::connect(socket, &net::Socket::data, socket,
                         [&heard](const QByteArray &answer) { heard.answered += answer; });
        socket->write(bytes, socket, [&heard, bytes](const net::Error &error) {
            if (!error)
                heard.said = bytes;
        });
        return QTest::qWaitFor([&] { return heard.said == bytes && heard.answered.size() == 2 * bytes.size(); });
    }
    /// What every connection has said and heard.
    QList<Shark::Talk> talks() const
    {
        QList<Shark::Talk> all;
        for (const auto &talk : m_talks)
            all += *talk;
        std::sort(all.begin(), all.end());
        return all;
    }

private:
    net::Server m_server;
    QObject m_owner;
    std::vector<std::unique_ptr<Shark::Talk>> m_talks;
    bool m_failed = false;
};

} // namespace

/// A stranger reads what was exported, and finds in it what happened.
class tst_TShark : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void followsBothSides();
    void readsIpv6();
    void tellsOneLocalSocketFromAnother();
    void seesThatBytesAreMissing();
    void seesAReset();
    void seesAnEnd();
    void showsTheTimeOfTheRecording();
    void countsTheBytesThatTheApplicationCounted();

private:
    QString exported(const Session &session);

    std::unique_ptr<QTemporaryDir> m_place;
};

static void addAccepted(QuietSession &quiet, quint64 received, quint64 sent)
{
    quiet.addProcess(1, u"demo"_s, 4711);
    quiet.add(1, Scene::server(1, u"echo"_s, 8124));
    const Description accepted = Scene::accepted(2, 1, 1000);
    quiet.add(1, accepted);
    quiet.count(1, Scene::counters(accepted, received, sent));
}

static void say(QuietSession &quiet, quint64 subject, Direction direction, quint64 offset, const QByteArray &bytes)
{
    quiet.session.records().payloads.append({1, subject}, Scene::payload(subject, direction, offset, bytes));
}

static Description localClient(quint64 id, const QString &path)
{
    Description client = Scene::client(id, u"c"_s, 0);
    client.record.localFamily = client.record.remoteFamily = Family::Local;
    client.record.localPort = 0;
    client.localAddress.clear();
    client.remoteAddress = path;
    return client;
}

void tst_TShark::initTestCase()
{
    if (!Shark::isThere())
        QSKIP(Shark::absence());
}

void tst_TShark::init()
{
    m_place = std::make_unique<QTemporaryDir>();
}

QString tst_TShark::exported(const Session &session)
{
    const QString file = m_place->filePath(u"x.pcapng"_s);
    const ExportResult result = exportTo(file, session.records());
    return result.problem.isEmpty() ? file : QString();
}

void tst_TShark::followsBothSides()
{
    QuietSession quiet;
    addAccepted(quiet, 9, 70'000);
    say(quiet, 2, Direction::Received, 0, "hello");
    say(quiet, 2, Direction::Sent, 0, QByteArray(70'000, 'A'));
    say(quiet, 2, Direction::Received, 5, " bye");
    const Shark shark(exported(quiet.session));
    QCOMPARE(shark.follow(0).said, "hello bye");
    QCOMPARE(shark.follow(0).answered, QByteArray(70'000, 'A'));
    QCOMPARE(shark.packets({u"frame.number"_s}, u"ip.checksum.status == 0 or tcp.checksum.status == 0"_s),
             QStringList());
}

void tst_TShark::readsIpv6()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    Description client = Scene::client(2, u"c"_s, 443);
    client.record.localFamily = client.record.remoteFamily = Family::IPv6;
    client.localAddress = u"fe80::1%eth0"_s;
    client.remoteAddress = u"2001:db8::7"_s;
    quiet.add(1, client);
    quiet.count(1, Scene::counters(client, 3, 4));
    say(quiet, 2, Direction::Sent, 0, "over");
    say(quiet, 2, Direction::Received, 0, "six");
    const Shark shark(exported(quiet.session));
    QCOMPARE(shark.follow(0), (Shark::Talk{"over", "six"}));
    QCOMPARE(shark.packets({u"ipv6.src"_s, u"tcp.srcport"_s, u"ipv6.dst"_s, u"tcp.dstport"_s}).value(0),
             u"fe80::1 50000 2001:db8::7 443"_s);
    QCOMPARE(shark.packets({u"frame.number"_s}, u"tcp.checksum.status == 0"_s), QStringList());
}

void tst_TShark::tellsOneLocalSocketFromAnother()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    for (quint64 id : {2, 3, 4})
        quiet.add(1, localClient(id, id == 4 ? u"/run/other"_s : u"/run/some"_s));
    say(quiet, 2, Direction::Sent, 0, "first");
    say(quiet, 3, Direction::Sent, 0, "second");
    say(quiet, 4, Direction::Sent, 0, "elsewhere");
    const Shark shark(exported(quiet.session));
    QCOMPARE(shark.follow(0).said, "first");
    QCOMPARE(shark.follow(1).said, "second");
    QCOMPARE(shark.follow(2).said, "elsewhere");
    const QStringList openings = shark.packets({u"tcp.dstport"_s, u"frame.comment"_s}, u"tcp.flags == 2"_s);
    QCOMPARE(openings.size(), 3);
    QVERIFY2(openings.at(0).startsWith(u"1 c; local socket /run/some;"_s), qPrintable(openings.at(0)));
    QCOMPARE(openings.at(1), openings.at(0)); // the same server
    QVERIFY2(openings.at(2).startsWith(u"2 c; local socket /run/other;"_s), qPrintable(openings.at(2)));
}

void tst_TShark::seesThatBytesAreMissing()
{
    QuietSession quiet;
    addAccepted(quiet, 12, 0);
    say(quiet, 2, Direction::Received, 0, "abc");
    say(quiet, 2, Direction::Received, 8, "ijkl");
    const Shark shark(exported(quiet.session));
    QCOMPARE(shark.packets({u"tcp.seq"_s, u"tcp.len"_s}, u"tcp.analysis.lost_segment"_s), QStringList{u"9 4"_s});
    QCOMPARE(shark.packets({u"frame.comment"_s}, u"tcp.seq == 9"_s),
             QStringList{u"5 bytes before this were not captured"_s});
}

void tst_TShark::seesAReset()
{
    QuietSession quiet;
    addAccepted(quiet, 3, 0);
    say(quiet, 2, Direction::Received, 0, "abc");
    quiet.objects().setError(quiet.objects().find({1, 2}), u"ECONNRESET"_s);
    quiet.objects().close(quiet.objects().find({1, 2}), inspector::monotonicNow(), inspector::monotonicNow());
    const Shark shark(exported(quiet.session));
    QCOMPARE(shark.packets({u"tcp.srcport"_s, u"tcp.ack"_s}, u"tcp.flags.reset == 1"_s), QStringList{u"8124 4"_s});
    QCOMPARE(shark.packets({u"frame.number"_s}, u"tcp.flags.fin == 1"_s), QStringList());
}

void tst_TShark::seesAnEnd()
{
    QuietSession quiet;
    addAccepted(quiet, 3, 0);
    say(quiet, 2, Direction::Received, 0, "abc");
    quiet.objects().close(quiet.objects().find({1, 2}), inspector::monotonicNow(), inspector::monotonicNow());
    const Shark shark(exported(quiet.session));
    QCOMPARE(shark.packets({u"tcp.srcport"_s, u"tcp.seq"_s}, u"tcp.flags.fin == 1"_s),
             (QStringList{u"1000 4"_s, u"8124 1"_s}));
    QCOMPARE(shark.packets({u"frame.number"_s}, u"tcp.analysis.flags"_s), QStringList()); // nothing is odd about it
}

// A recording of last week, of a machine that was started at another time.
void tst_TShark::showsTheTimeOfTheRecording()
{
    constexpr qint64 second = 1'000'000'000;
    const qint64 lastWeek = 1'600'000'000 * second; // 2020-09-13T12:26:40Z
    QuietSession quiet;
    const qint64 now = inspector::monotonicNow();
    addAccepted(quiet, 3, 0);
    say(quiet, 2, Direction::Received, 0, "abc");
    quiet.objects().clock().stop(now + second, lastWeek - now);
    const QString file = m_place->filePath(u"old.netsession"_s);
    SessionSaver saver(quiet.session.records());
    QCOMPARE(saver.open(file), QString());
    while (saver.writeOn(std::chrono::hours(1)))
        ;

    Session opened(SessionLoader::options());
    SessionLoader loader(opened);
    QCOMPARE(loader.open(file), QString());
    while (loader.readOn(std::chrono::hours(1)))
        ;
    const QString time = Shark(exported(opened)).packets({u"frame.time_epoch"_s}, u"tcp.len == 3"_s).value(0);
    QVERIFY2(time.startsWith(u"160000000"_s), qPrintable(time)); // within ten seconds
    const QString table = m_place->filePath(u"x.csv"_s);
    QCOMPARE(exportTo(table, opened.records()).problem, QString());
    QFile csv(table);
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QVERIFY(csv.readAll().contains("2020-09-13T12:26:4"));
}

void tst_TShark::countsTheBytesThatTheApplicationCounted()
{
    qputenv("XDG_RUNTIME_DIR", m_place->path().toLocal8Bit());
    QVERIFY2(net::Agent::start({.name = u"talker"_s, .payload = true}), qPrintable(net::Agent::errorString()));
    Session session({.directory = Rendezvous::defaultDirectory()});
    session.captureAll(true);
    session.start();
    QTRY_VERIFY(!session.feeds().empty() && session.feeds().front()->requests().isCapturingAll());

    const QString path = m_place->filePath(u"s"_s);
    Application four({.port = 0, .host = u"127.0.0.1"_s});
    Application local({.path = path});
    QVERIFY(four.listens());
    QVERIFY(local.listens());
    QVERIFY(four.talk({.port = four.port(), .host = u"127.0.0.1"_s}, QByteArray(300'000, 'x')));
    QVERIFY(four.talk({.port = four.port(), .host = u"127.0.0.1"_s}, "a few"));
    QVERIFY(local.talk({.path = path}, QByteArray(5000, 'l')));
    // Nobody is there: no conversation.
    net::Socket refused;
    net::Socket astray;
    QSignalSpy refusals(&refused, &net::Socket::closed);
    QSignalSpy failures(&astray, &net::Socket::closed);
    QTcpSocket silent;
    QVERIFY(silent.bind(QHostAddress::LocalHost)); // and does not listen
    refused.connectTo(silent.localPort(), u"127.0.0.1"_s);
    astray.connectTo(path + u"-of-nobody"_s);
    QTRY_COMPARE(refusals.size() + failures.size(), 2);
    QList<Shark::Talk> talks = four.talks() + local.talks();
    std::sort(talks.begin(), talks.end());

    // Both ends of everything are ours, so that every byte was sent once and received once.
    quint64 bytes = 0;
    for (const Shark::Talk &talk : talks)
        bytes += quint64(talk.said.size() + talk.answered.size());
    const Records &records = session.records();
    QTRY_COMPARE(records.objects.counters(records.objects.find({1, 0})).received, bytes);
    const auto captured = [&records] {
        quint64 sum = 0;
        for (const SubjectKey key : records.payloads.keys()) {
            const PayloadLog &log = *records.payloads.find(key);
            for (quint64 number = log.begin(); number < log.end(); ++number)
                sum += quint64(log.at(number).bytes.size());
        }
        return sum;
    };
    QTRY_COMPARE(captured(), 2 * bytes);
    const auto closed = [&records] {
        int count = 0;
        for (int row = 0; row < records.objects.size(); ++row)
            count +=
                isSocket(records.objects.identity(row).kind) && records.objects.counters(row).state == State::Closed;
        return count;
    };
    QTRY_COMPARE(closed(), 2);

    // Nothing says which two ends of a local path belong together: both are told.
    talks += local.talks();
    std::sort(talks.begin(), talks.end());
    const Shark shark(exported(session));
    QList<Shark::Talk> read;
    const int streams = int(shark.packets({u"tcp.stream"_s}, u"tcp.flags == 2"_s).size());
    for (int stream = 0; stream < streams; ++stream)
        read += shark.follow(stream);
    std::sort(read.begin(), read.end());
    QList<std::pair<qsizetype, qsizetype>> counted;
    QList<std::pair<qsizetype, qsizetype>> shown;
    for (const Shark::Talk &talk : talks)
        counted.emplaceBack(talk.said.size(), talk.answered.size());
    for (const Shark::Talk &talk : read)
        shown.emplaceBack(talk.said.size(), talk.answered.size());
    QCOMPARE(shown, counted);
    QVERIFY(read == talks); // byte by byte
}

QTEST_GUILESS_MAIN(tst_TShark)
#include "tst_tshark.moc"
