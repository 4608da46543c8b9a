#include "fakeagent.h"
#include "inspector/session/sessionrecorder.h"
#include "inspector/session/sessionsaver.h"
#include "reopened.h"
#include "scene.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

/// A live session with an agent that says what the test wants, and a recorder.
class Studio
{
public:
    Studio() : directory(FakeAgent::makeDirectory()), session({.directory = directory->path()}), recorder(session) {}
    bool start(const QByteArray &opening)
    {
        agent = std::make_unique<FakeAgent>(directory->path(), u"demo"_s);
        agent->opening = opening;
        session.start();
        return QTest::qWaitFor([this] { return session.records().objects.size() > 1; });
    }
    template <typename Records>
    void say(const Records &records)
    {
        QByteArray bytes;
        encode(bytes, std::span(records.constData(), static_cast<std::size_t>(records.size())), 7);
        agent->say(bytes);
    }

    std::unique_ptr<QTemporaryDir> directory;
    QTemporaryDir place;
    std::unique_ptr<FakeAgent> agent;
    Session session;
    SessionRecorder recorder;
    QString file = place.filePath(u"a.netsession"_s);
};

QByteArray contents(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class tst_SessionRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOnFromHowThingsStand();
    void recordsANewConversation();
    void recordsTheEndOfAProcess();
    void recordsThePayloadOfEverySocket();
    void aFullDiskIsToldAndTheRestKept();
    void cannotBeginWhereNothingCanBeWritten();
};

void tst_SessionRecorder::goesOnFromHowThingsStand()
{
    const Description socket = Scene::accepted(2, 1, 1002);
    Studio studio;
    QVERIFY(studio.start(Scene::greeting() + Scene::snapshot({Scene::server(1, u"echo"_s, 8124), socket})));
    studio.say(QList{Scene::counters(socket, 1000, 0)});
    const ObjectTable &live = studio.session.records().objects;
    QTRY_COMPARE(live.counters(live.find({1, 1})).received, 1000u);

    QCOMPARE(studio.recorder.start(studio.file, false), QString());
    QVERIFY(studio.recorder.isRecording());
    studio.say(QList{Scene::counters(socket, 1500, 20)});
    studio.say(QList{Scene::event(2, EventKind::Received, 500, 1500), Scene::event(2, EventKind::Sent, 20, 20)});
    QTRY_COMPARE(studio.session.records().events.end(), 2u);
    // What is written so far can be read, also if nobody ends it.
    QTRY_VERIFY(!contents(studio.file).isEmpty() &&
                Reopened(contents(studio.file)).session.records().events.end() == 2);
    QVERIFY(Reopened(contents(studio.file)).problem().contains(u"not ended in order"_s));

    QCOMPARE(studio.recorder.stop(), QString());
    QCOMPARE(studio.recorder.counts().events, 2u);
    QCOMPARE(studio.recorder.counts().processes, 1);
    QCOMPARE(studio.recorder.counts().bytes, QFileInfo(studio.file).size());
    Reopened again(contents(studio.file));
    QCOMPARE(again.problem(), QString());
    QCOMPARE(again.text(), reportOf(studio.session.records()).text);
    QCOMPARE(again.objects().counters(again.row({1, 1})).received, 1500u);
    QCOMPARE(again.objects().texts(again.row({1, 0})).name, u"demo"_s);
}

void tst_SessionRecorder::recordsANewConversation()
{
    Studio studio;
    QVERIFY(
        studio.start(Scene::greeting() + Scene::snapshot({Scene::server(1, u"a"_s, 1), Scene::client(2, u"b"_s, 2)})));
    QCOMPARE(studio.recorder.start(studio.file, false), QString());
    studio.agent->opening = Scene::greeting() + Scene::snapshot({Scene::server(1, u"a"_s, 1)});
    studio.agent->hangUp();
    const ObjectTable &live = studio.session.records().objects;
    QTRY_COMPARE(live.identity(live.find({1, 2})).life, RowLife::Closed);
    QCOMPARE(studio.recorder.stop(), QString());
    Reopened again(contents(studio.file));
    QCOMPARE(again.problem(), QString());
    QCOMPARE(again.objects().identity(again.row({1, 1})).life, RowLife::Live);
    QCOMPARE(again.objects().identity(again.row({1, 2})).life, RowLife::Closed);
}

void tst_SessionRecorder::recordsTheEndOfAProcess()
{
    Studio studio;
    QVERIFY(studio.start(Scene::greeting() + Scene::snapshot({Scene::client(2, u"b"_s, 2)})));
    QCOMPARE(studio.recorder.start(studio.file, false), QString());
    studio.agent.reset();
    QTRY_VERIFY(studio.session.feeds().empty());
    studio.agent = std::make_unique<FakeAgent>(studio.directory->path(), u"next"_s);
    studio.agent->opening = Scene::greeting() + Scene::snapshot({Scene::client(7, u"later"_s, 2)});
    QTRY_VERIFY(studio.session.records().objects.find({2, 7}) >= 0);
    QCOMPARE(studio.recorder.stop(), QString());
    Reopened again(contents(studio.file));
    QCOMPARE(again.problem(), QString());
    QCOMPARE(again.objects().identity(again.row({1, 0})).life, RowLife::Closed);
    QCOMPARE(again.objects().identity(again.row({1, 2})).life, RowLife::Closed);
    QCOMPARE(again.objects().identity(again.row({2, 7})).life, RowLife::Live);
    QCOMPARE(again.objects().texts(again.row({2, 0})).name, u"next"_s);
}

void tst_SessionRecorder::recordsThePayloadOfEverySocket()
{
    Studio studio;
    QVERIFY(studio.start(Scene::greeting(Observe | SeePayload) +
                         Scene::snapshot({Scene::client(2, u"b"_s, 2), Scene::client(3, u"c"_s, 2)})));
    QCOMPARE(studio.recorder.start(studio.file, true), QString());
    QTRY_COMPARE(studio.agent->captures.size(), 2);
    QByteArray bytes;
    encode(bytes, Scene::payload(3, Direction::Sent, 0, "secret"));
    studio.agent->say(bytes);
    QTRY_VERIFY(studio.session.records().payloads.find({1, 3}));
    QCOMPARE(studio.recorder.stop(), QString());
    Reopened again(contents(studio.file));
    QCOMPARE(again.session.records().payloads.find({1, 3})->at(0).bytes, "secret"_ba);
    // Nobody wants it any more.
    QTRY_COMPARE(studio.agent->captures.size(), 4);
    QCOMPARE(studio.agent->captures.last().on, 0);
}

void tst_SessionRecorder::aFullDiskIsToldAndTheRestKept()
{
    const Description socket = Scene::client(2, u"b"_s, 2);
    Studio studio;
    QVERIFY(studio.start(Scene::greeting() + Scene::snapshot({socket})));
    QCOMPARE(studio.recorder.start(studio.file, false), QString());
    QSignalSpy stopped(&studio.recorder, &SessionRecorder::stopped);
    const QByteArray before = contents(studio.file);

    // No file may grow beyond that, as if the disk were full.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit old = {};
    ::getrlimit(RLIMIT_FSIZE, &old);
    rlimit tight = old;
    tight.rlim_cur = static_cast<rlim_t>(before.size()) + 100'000;
    ::setrlimit(RLIMIT_FSIZE, &tight);
    for (int i = 0; i < 10; ++i)
        studio.say(QList<EventRecord>(1000, Scene::event(2, EventKind::Received, 1, 1)));
    const bool told = QTest::qWaitFor([&] { return !stopped.isEmpty(); }, 20'000);
    ::setrlimit(RLIMIT_FSIZE, &old);
    QVERIFY(told);

    QCOMPARE(stopped[0][0].toString(), u"File too large"_s);
    QVERIFY(!studio.recorder.isRecording());
    QTRY_COMPARE(studio.session.records().events.end(), 10'000u); // the session goes on
    Reopened again(contents(studio.file));
    QVERIFY(!again.problem().isEmpty());
    QVERIFY(again.row({1, 2}) >= 0);
    QVERIFY(again.session.records().events.end() > 0);
    QVERIFY(again.session.records().events.end() < 10'000);
}

void tst_SessionRecorder::cannotBeginWhereNothingCanBeWritten()
{
    Studio studio;
    QVERIFY(!studio.recorder.start(u"/nonexistent/a.netsession"_s, false).isEmpty());
    QVERIFY(!studio.recorder.isRecording());
    if (QFile::exists(u"/dev/full"_s))
        QCOMPARE(studio.recorder.start(u"/dev/full"_s, false), u"No space left on device"_s);
    QVERIFY(!studio.recorder.isRecording());
    SessionSaver saver(studio.session.records());
    QVERIFY(!saver.open(u"/nonexistent/a.netsession"_s).isEmpty());
}

QTEST_GUILESS_MAIN(tst_SessionRecorder)
#include "tst_sessionrecorder.moc"
