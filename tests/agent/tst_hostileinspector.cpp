#include "fakesubject.h"
#include "testinspector.h"

#include "libnet/agent/agent.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <poll.h>
#include <unistd.h>
#include <vector>

using namespace net;
using namespace Qt::StringLiterals;
using probe::SubjectKind;

/// Whoever connects and whatever they send: they are told why and hung up on, and everybody else is served.
class tst_HostileInspector : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void silenceIsHungUpOn();
    void trickleOfBytesIsHungUpOn();
    void framesAreRefused_data();
    void framesAreRefused();
    void secondHelloIsRefused();
    void noVersionInCommonIsTold();
    void payloadWithoutTheRightIsRefused();
    void captureOfNothingIsAnswered();
    void commandsAreNotOfVersionOne();
    void tooManyInspectorsAreTold();
    void noiseIsSurvived_data();
    void noiseIsSurvived();
    void hangingUpInTheMiddleIsSurvived();
    void descriptorsSentBySurpriseAreClosed();

private:
    static void verifyRefused(TestInspector &inspector, wire::ErrorCode code, const QString &text);

    std::unique_ptr<QTemporaryDir> m_place;
};

namespace {

QByteArray frame(int type, quint32 size, const QByteArray &payload = {})
{
    const wire::FrameHeader header{size, quint8(type), 0, 0};
    return QByteArray(reinterpret_cast<const char *>(&header), sizeof header) + payload;
}

} // namespace

void tst_HostileInspector::initTestCase()
{
    m_place = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", m_place->path().toLocal8Bit());
    QVERIFY2(Agent::start(), qPrintable(Agent::errorString()));
}

// After each of them the agent still serves an honest one.
void tst_HostileInspector::cleanup()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector honest(Agent::socketPath());
    QVERIFY(honest.attach());
    QVERIFY(honest.subjects.contains(socket.id()));
    QCOMPARE(honest.problem, QString());
}

void tst_HostileInspector::verifyRefused(TestInspector &inspector, wire::ErrorCode code, const QString &text)
{
    QTRY_VERIFY(!inspector.isConnected());
    QVERIFY(inspector.error);
    QCOMPARE(inspector.error->code, code);
    QVERIFY2(inspector.error->message.contains(text), qPrintable(inspector.error->message));
}

void tst_HostileInspector::silenceIsHungUpOn()
{
    TestInspector silent(Agent::socketPath());
    verifyRefused(silent, wire::ErrorCode::HelloTimeout, u"no hello"_s);
}

void tst_HostileInspector::trickleOfBytesIsHungUpOn()
{
    TestInspector slow(Agent::socketPath());
    const QByteArray bytes = frame(1, 8000, QByteArray(8000, 'x'));
    int at = 0;
    const auto trickle = [&] {
        slow.sendBytes(bytes.mid(at++, 1));
        return !slow.isConnected();
    };
    QTRY_VERIFY(trickle());
    verifyRefused(slow, wire::ErrorCode::HelloTimeout, u"no hello"_s);
}

void tst_HostileInspector::framesAreRefused_data()
{
    QTest::addColumn<bool>("attached");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("capture before hello") << false << frame(9, 0) << u"before the hello"_s;
    QTest::newRow("unknown type") << false << frame(77, 0) << u"frame type 77"_s;
    QTest::newRow("huge hello") << false << frame(1, 0x7fffffff) << u"larger than 8192"_s;
    QTest::newRow("hello that is none") << false << frame(1, 5, "hello") << u"frame type 1 is malformed"_s;
    QTest::newRow("empty hello") << false << frame(1, 0) << u"frame type 1 is malformed"_s;
    QTest::newRow("http") << false << QByteArray("GET / HTTP/1.1\r\n\r\n") << u"frame type 47"_s;
    QTest::newRow("events to the agent") << true << frame(7, 16, QByteArray(16, '\0')) << u"frame type 7"_s;
    QTest::newRow("huge capture") << true << frame(9, 1 << 20) << u"larger than 65536"_s;
    QTest::newRow("capture that is none") << true << frame(9, 3, "abc") << u"frame type 9 is malformed"_s;
    QTest::newRow("bytes that are nothing") << true << QByteArray(100, '\xff') << u"frame type 255"_s;
}

void tst_HostileInspector::framesAreRefused()
{
    QFETCH(bool, attached);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    TestInspector inspector(Agent::socketPath());
    if (attached)
        QVERIFY(inspector.attach());
    inspector.sendBytes(bytes);
    verifyRefused(inspector, wire::ErrorCode::Malformed, text);
}

void tst_HostileInspector::secondHelloIsRefused()
{
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    inspector.send(TestInspector::hello());
    verifyRefused(inspector, wire::ErrorCode::Malformed, u"frame type 1 is malformed"_s);
}

void tst_HostileInspector::noVersionInCommonIsTold()
{
    wire::Hello hello = TestInspector::hello();
    hello.oldest = 7;
    hello.newest = 9;
    TestInspector inspector(Agent::socketPath());
    inspector.send(hello);
    verifyRefused(inspector, wire::ErrorCode::NoVersion,
                  u"speaks versions %1 to %2"_s.arg(wire::oldestVersion).arg(wire::newestVersion));
}

void tst_HostileInspector::payloadWithoutTheRightIsRefused()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach(TestInspector::hello(wire::Observe | wire::SeePayload | wire::Control)));
    QCOMPARE(inspector.agent->rights, quint32(wire::Observe));
    inspector.capture(socket.id(), true);
    verifyRefused(inspector, wire::ErrorCode::NotGranted, u"payload was not granted"_s);
}

void tst_HostileInspector::captureOfNothingIsAnswered()
{
    QVERIFY(Agent::start({.payload = true}));
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach(TestInspector::hello(wire::Observe | wire::SeePayload)));
    inspector.capture(~quint64(0), true);
    QTRY_COMPARE(inspector.captures, QList<wire::CaptureRecord>{{.subject = ~quint64(0)}});
}

void tst_HostileInspector::commandsAreNotOfVersionOne()
{
    TestInspector inspector(Agent::socketPath());
    wire::Hello hello = TestInspector::hello();
    hello.newest = 1;
    QVERIFY(inspector.attach(hello));
    inspector.send(wire::Command{.id = 1, .subject = 1, .verb = u"destroy"_s});
    verifyRefused(inspector, wire::ErrorCode::Malformed, u"frame type 12 may not be sent"_s);
}

void tst_HostileInspector::tooManyInspectorsAreTold()
{
    std::vector<std::unique_ptr<TestInspector>> inspectors;
    for (int i = 0; i < 8; ++i) {
        inspectors.push_back(std::make_unique<TestInspector>(Agent::socketPath()));
        QVERIFY(inspectors.back()->attach());
    }
    TestInspector ninth(Agent::socketPath());
    verifyRefused(ninth, wire::ErrorCode::TooMany, u"8 inspectors"_s);
    inspectors.pop_back();
    QTRY_COMPARE(inspectors.front()->status.inspectors, 7u);
    TestInspector next(Agent::socketPath());
    QVERIFY(next.attach());
    inspectors.clear();
    next.hangUp();
    // Places are free again when the agent has noticed.
    const auto attaches = [] {
        return TestInspector(Agent::socketPath()).attach();
    };
    QTRY_VERIFY(attaches());
}

void tst_HostileInspector::noiseIsSurvived_data()
{
    QTest::addColumn<uint>("seed");
    for (uint seed = 1; seed <= 10; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void tst_HostileInspector::noiseIsSurvived()
{
    QFETCH(uint, seed);
    QRandomGenerator random(seed);
    QByteArray hello;
    wire::encode(hello, TestInspector::hello(wire::Observe | wire::SeePayload));
    for (int round = 0; round < 30; ++round) {
        QByteArray bytes = random.bounded(2) ? hello : QByteArray();
        for (int frames = random.bounded(1, 5); frames > 0; --frames) {
            QByteArray payload(random.bounded(200), Qt::Uninitialized);
            for (char &byte : payload)
                byte = char(random.bounded(256));
            bytes += frame(random.bounded(1, 17), quint32(payload.size()), payload);
        }
        if (random.bounded(3) == 0)
            bytes[random.bounded(bytes.size())] = char(random.bounded(256));
        TestInspector inspector(Agent::socketPath());
        inspector.sendBytes(bytes);
        if (random.bounded(2) == 0)
            inspector.hangUp();
    }
}

void tst_HostileInspector::hangingUpInTheMiddleIsSurvived()
{
    FakeSubject socket(SubjectKind::Socket);
    for (int round = 0; round < 20; ++round) {
        TestInspector inspector(Agent::socketPath());
        inspector.send(TestInspector::hello());
        for (int i = 0; i < 1000; ++i)
            socket.receive("0123456789");
        if (round % 2)
            QVERIFY(inspector.attach() || !inspector.isConnected());
    }
}

void tst_HostileInspector::descriptorsSentBySurpriseAreClosed()
{
    int ends[2];
    QCOMPARE(::pipe(ends), 0);
    TestInspector inspector(Agent::socketPath());
    inspector.sendWithDescriptor(ends[1]);
    ::close(ends[1]);
    QVERIFY(inspector.attach());
    // The end comes once nobody holds the other side, the agent least of all.
    pollfd end{.fd = ends[0], .events = POLLIN, .revents = 0};
    QCOMPARE(::poll(&end, 1, 10'000), 1);
    QVERIFY(end.revents & POLLHUP);
    ::close(ends[0]);
}

QTEST_GUILESS_MAIN(tst_HostileInspector)
#include "tst_hostileinspector.moc"
