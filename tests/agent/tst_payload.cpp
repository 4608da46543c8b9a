#include "fakesubject.h"
#include "testinspector.h"

#include "libnet/agent/agent.h"
#include "libnet/agent/agentserver.h"
#include "libnet/agent/recorder.h"
#include "libnet/wire/rendezvous.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <stdexcept>

using namespace net;
using namespace Qt::StringLiterals;
using probe::SubjectKind;
using wire::Direction;

/// Payload flows when it is allowed, asked for and there: nothing else is stored, and what is lost is known.
class tst_Payload : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void rightsAreThereForWhoeverComesFirst();
    void nothingFlowsUnlessAskedFor();
    void bothDirectionsArriveAsTheyWere();
    void bytesBeforeTheCaptureAreNotThere();
    void everySocketIsThereFromItsFirstByte();
    void captureThatIsSwitchedOffStops();
    void largePiecesArriveWhole();
    void eachInspectorGetsWhatItAskedFor();
    void inspectorThatLeavesStopsItsCapture();
    void whatDoesNotFitIsCountedAndShowsAsAGap();
    void redactionSeesItFirst();
    void redactionThatThrowsKeepsItAll();

private:
    std::unique_ptr<TestInspector> attached();
    static bool capture(TestInspector &inspector, const FakeSubject &subject, bool on = true);

    std::unique_ptr<QTemporaryDir> m_place;
};

void tst_Payload::initTestCase()
{
    m_place = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", m_place->path().toLocal8Bit());
    QVERIFY2(Agent::start({.payload = true}), qPrintable(Agent::errorString()));
}

std::unique_ptr<TestInspector> tst_Payload::attached()
{
    auto inspector = std::make_unique<TestInspector>(Agent::socketPath());
    if (!inspector->attach(TestInspector::hello(wire::Observe | wire::SeePayload)) ||
        inspector->agent->rights != (wire::Observe | wire::SeePayload))
        return nullptr;
    return inspector;
}

bool tst_Payload::capture(TestInspector &inspector, const FakeSubject &subject, bool on)
{
    const qsizetype before = inspector.captures.size();
    inspector.capture(subject.id(), on);
    return QTest::qWaitFor([&] { return inspector.captures.size() > before; }) &&
           inspector.captures.last() == wire::CaptureRecord{.subject = subject.id(), .on = quint8(on), .known = 1};
}

void tst_Payload::rightsAreThereForWhoeverComesFirst()
{
    const QTemporaryDir place;
    agent::Recorder recorder(1 << 20, 1 << 20, 1 << 16);
    agent::AgentServer server(recorder, {.name = u"granted"_s,
                                         .directory = place.path(),
                                         .memoryLimit = 1 << 20,
                                         .rights = wire::Observe | wire::SeePayload});
    QCOMPARE(server.listen(), QString());
    // It is in the backlog before the event loop has turned.
    TestInspector first(wire::Rendezvous(place.path()).socketPath(::getpid()));
    QVERIFY(first.attach(TestInspector::hello(wire::Observe | wire::SeePayload)));
    QCOMPARE(first.agent->rights, wire::Observe | wire::SeePayload);
    server.close(wire::ByeReason::ApplicationEnds);
}

void tst_Payload::nothingFlowsUnlessAskedFor()
{
    FakeSubject asked(SubjectKind::Socket);
    FakeSubject other(SubjectKind::Socket);
    const auto inspector = attached();
    QVERIFY(inspector);
    QVERIFY(capture(*inspector, asked));
    other.receive("secret");
    asked.receive("open");
    QTRY_COMPARE(inspector->stream(asked.id(), Direction::Received), "open");
    QCOMPARE(inspector->payload.size(), 1);
    QCOMPARE(inspector->status.payloadLost, 0u);
}

void tst_Payload::bothDirectionsArriveAsTheyWere()
{
    FakeSubject socket(SubjectKind::Socket);
    const auto inspector = attached();
    QVERIFY(inspector && capture(*inspector, socket));
    QByteArray received;
    QByteArray sent;
    for (int i = 0; i < 500; ++i) {
        const QByteArray question = "question " + QByteArray::number(i) + QByteArray(i % 3, '\0');
        const QByteArray answer = "answer " + QByteArray::number(i);
        socket.receive(question);
        socket.send(answer);
        received += question;
        sent += answer;
    }
    QTRY_COMPARE(inspector->stream(socket.id(), Direction::Received), received);
    QTRY_COMPARE(inspector->stream(socket.id(), Direction::Sent), sent);
    QCOMPARE(inspector->problem, QString());
}

void tst_Payload::bytesBeforeTheCaptureAreNotThere()
{
    FakeSubject socket(SubjectKind::Socket);
    const auto inspector = attached();
    socket.receive("before");
    QVERIFY(inspector && capture(*inspector, socket));
    socket.receive("after");
    QTRY_COMPARE(inspector->stream(socket.id(), Direction::Received), "after");
    QCOMPARE(inspector->payload.first().record.offset, 6u);
}

// Also of a socket that opens, speaks and closes before anybody could have asked for it by its number.
void tst_Payload::everySocketIsThereFromItsFirstByte()
{
    FakeSubject late(SubjectKind::Socket);
    FakeSubject asked(SubjectKind::Socket);
    const auto inspector = attached();
    QVERIFY(inspector);
    const auto ask = [](TestInspector &of, bool on) {
        of.captures.clear();
        of.capture(wire::everySocket, on);
        return QTest::qWaitFor([&] { return !of.captures.isEmpty(); }) &&
               of.captures.last() == wire::CaptureRecord{.subject = wire::everySocket, .on = quint8(on), .known = 1};
    };
    QVERIFY(ask(*inspector, true));
    quint64 id = 0;
    {
        FakeSubject brief(SubjectKind::Socket);
        id = brief.id();
        brief.receive("hello");
        brief.send("good");
        brief.send("bye");
    }
    QTRY_COMPARE(inspector->stream(id, Direction::Sent), "goodbye");
    QCOMPARE(inspector->stream(id, Direction::Received), "hello");

    QVERIFY(ask(*inspector, false));
    late.receive("secret");
    QVERIFY(capture(*inspector, asked));
    asked.receive("open");
    QTRY_COMPARE(inspector->stream(asked.id(), Direction::Received), "open");
    QCOMPARE(inspector->stream(late.id(), Direction::Received), QByteArray());

    // Whoever leaves takes it back.
    {
        const auto leaver = attached();
        QVERIFY(leaver && ask(*leaver, true));
        QTRY_COMPARE(inspector->status.inspectors, 2u);
    }
    QTRY_COMPARE(inspector->status.inspectors, 1u);
    late.receive(QByteArray(10000, 'x'));
    QTRY_COMPARE(inspector->counters(late.id()).received, 10006u);
    const int statuses = inspector->statuses;
    QTRY_VERIFY(inspector->statuses > statuses + 1);
    QVERIFY(inspector->status.payloadBytes < 10000);
}

void tst_Payload::captureThatIsSwitchedOffStops()
{
    FakeSubject socket(SubjectKind::Socket);
    FakeSubject marker(SubjectKind::Socket);
    const auto inspector = attached();
    QVERIFY(inspector && capture(*inspector, socket) && capture(*inspector, marker));
    socket.receive("one");
    QTRY_COMPARE(inspector->stream(socket.id(), Direction::Received), "one");
    QVERIFY(capture(*inspector, socket, false));
    socket.receive("two");
    marker.receive("later");
    QTRY_COMPARE(inspector->stream(marker.id(), Direction::Received), "later");
    QCOMPARE(inspector->stream(socket.id(), Direction::Received), "one");
}

void tst_Payload::largePiecesArriveWhole()
{
    FakeSubject socket(SubjectKind::Socket);
    const auto inspector = attached();
    QVERIFY(inspector && capture(*inspector, socket));
    QByteArray large(1'000'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < large.size(); ++i)
        large[i] = char(i * 31 + i / 251);
    socket.send(large);
    QTRY_COMPARE(inspector->stream(socket.id(), Direction::Sent).size(), large.size());
    QVERIFY(inspector->stream(socket.id(), Direction::Sent) == large);
}

void tst_Payload::eachInspectorGetsWhatItAskedFor()
{
    FakeSubject socket(SubjectKind::Socket);
    FakeSubject other(SubjectKind::Socket);
    const auto a = attached();
    const auto b = attached();
    QVERIFY(a && b && capture(*a, socket) && capture(*b, other));
    socket.receive("for a");
    other.receive("for b");
    QTRY_COMPARE(a->stream(socket.id(), Direction::Received), "for a");
    QTRY_COMPARE(b->stream(other.id(), Direction::Received), "for b");
    QCOMPARE(a->payload.size(), 1);
    QCOMPARE(b->payload.size(), 1);
}

void tst_Payload::inspectorThatLeavesStopsItsCapture()
{
    FakeSubject socket(SubjectKind::Socket);
    const auto witness = attached();
    {
        const auto inspector = attached();
        QVERIFY(inspector && capture(*inspector, socket));
        QTRY_COMPARE(witness->status.inspectors, 2u);
    }
    QTRY_COMPARE(witness->status.inspectors, 1u);
    socket.receive(QByteArray(10000, 'x'));
    QTRY_COMPARE(witness->counters(socket.id()).received, 10000u);
    const int statuses = witness->statuses;
    QTRY_VERIFY(witness->statuses > statuses + 1);
    QCOMPARE(witness->status.payloadBytes, 0u);
}

void tst_Payload::whatDoesNotFitIsCountedAndShowsAsAGap()
{
    FakeSubject socket(SubjectKind::Socket);
    const auto inspector = attached();
    QVERIFY(inspector && capture(*inspector, socket));
    // Far more in one go than ring and store hold.
    const QByteArray block(256 * 1024, 'x');
    constexpr int blocks = 200;
    for (int i = 0; i < blocks; ++i)
        socket.receive(block);
    QTRY_COMPARE(inspector->counters(socket.id()).received, quint64(block.size()) * blocks);
    const auto accounted = [&] {
        quint64 bytes = inspector->status.payloadLost;
        for (const wire::Payload &piece : std::as_const(inspector->payload))
            bytes += piece.record.streamSize;
        return bytes;
    };
    QTRY_COMPARE(accounted(), quint64(block.size()) * blocks);
    QVERIFY(inspector->counters(socket.id()).payloadLost > 0);
    QVERIFY(inspector->status.payloadBytes <= inspector->status.memoryLimit / 8);
    QCOMPARE(inspector->problem, QString());
}

// Last, since it stays in force.
void tst_Payload::redactionSeesItFirst()
{
    FakeSubject socket(SubjectKind::Socket);
    const quint64 id = socket.id();
    QList<AgentOptions::Direction> directions;
    const auto redact = [&](quint64 subject, AgentOptions::Direction direction, const QByteArray &bytes) {
        if (subject != id)
            return bytes;
        directions.append(direction);
        return QByteArray(bytes).replace("password=1234", "password=*");
    };
    QVERIFY(Agent::start({.redact = redact}));
    const auto inspector = attached();
    QVERIFY(inspector && capture(*inspector, socket));
    socket.receive("password=1234 please");
    socket.receive("thanks");
    socket.send("ok");
    QTRY_COMPARE(inspector->stream(id, Direction::Sent), "ok");
    QCOMPARE(inspector->stream(id, Direction::Received), "password=* pleasethanks");
    QCOMPARE(inspector->payload.at(0).record.redacted, quint8(1));
    QCOMPARE(inspector->payload.at(0).record.streamSize, 20u);
    QCOMPARE(inspector->payload.at(1).record.redacted, quint8(0));
    QCOMPARE(inspector->payload.at(1).record.offset, 20u);
    using D = AgentOptions::Direction;
    QCOMPARE(directions, (QList<D>{D::Received, D::Received, D::Sent}));
    QVERIFY(Agent::start({.redact = [](quint64, D, const QByteArray &bytes) {
        return bytes;
    }}));
}

// The application goes on, and what nobody has looked at is not stored.
void tst_Payload::redactionThatThrowsKeepsItAll()
{
    FakeSubject socket(SubjectKind::Socket);
    QVERIFY(Agent::start({.redact = [](quint64, AgentOptions::Direction, const QByteArray &bytes) {
        if (bytes.contains("secret"))
            throw std::runtime_error("no rule for this");
        return bytes;
    }}));
    const auto inspector = attached();
    QVERIFY(inspector && capture(*inspector, socket));
    QTRY_VERIFY(inspector->statuses > 0);
    const quint64 lost = inspector->status.payloadLost;
    QTest::ignoreMessage(QtWarningMsg, "libnet: a redaction has thrown; what it was given is not stored");
    socket.receive("a secret");
    socket.receive("another secret");
    socket.receive("ok");
    QTRY_COMPARE(inspector->payload.size(), 1);
    QCOMPARE(inspector->payload.at(0).bytes, "ok");
    QCOMPARE(inspector->payload.at(0).record.offset, 22u);
    QTRY_COMPARE(inspector->status.payloadLost - lost, 22u);
    QVERIFY(Agent::start({.redact = [](quint64, AgentOptions::Direction, const QByteArray &bytes) {
        return bytes;
    }}));
}

QTEST_GUILESS_MAIN(tst_Payload)
#include "tst_payload.moc"
