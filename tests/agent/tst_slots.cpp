#include "testinspector.h"

#include "libnet/agent/agent.h"
#include "libnet/probe/clock.h"
#include "libnet/probe/tap.h"
#include "libnet/server.h"
#include "libnet/socket.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace net;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 millisecond = 1'000'000;

/// Keeps the thread busy for so long: what a slow slot does.
void work(qint64 nanoseconds)
{
    const qint64 end = probe::monotonicNow() + nanoseconds;
    while (probe::monotonicNow() < end) {
    }
}

quint64 signalOf(const wire::EventRecord &event)
{
    return event.a >> wire::slotSignalShift;
}

qint64 waitOf(const wire::EventRecord &event)
{
    return qint64(event.a & ((quint64(1) << wire::slotSignalShift) - 1));
}

} // namespace

/// How long signals wait and their slots take is told while somebody wants to know, and costs nothing otherwise.
class tst_Slots : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void everySignalIsTimedWithItsKind();
    void whoIsServedLaterHasWaited();
    void aSlotThatDeletesItsSocketIsHarmless();
    void nobodyIsTimedBeforeAndAfter();
    void readyReadAndOnreadAreTimedToo();
    void anInspectorThatIsKilledEndsIt();

private:
    std::unique_ptr<TestInspector> attached();
    void ask(TestInspector &inspector, bool on);
    Socket *client(const SocketOptions &options = {});
    QList<wire::EventRecord> slotsOf(TestInspector &inspector, quint64 subject);

    std::unique_ptr<QTemporaryDir> m_place;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<QObject> m_clients;
    qint64 m_slow = 0; ///< ns that each slot of data takes
};

void tst_Slots::initTestCase()
{
    m_place = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", m_place->path().toLocal8Bit());
    QVERIFY2(Agent::start(), qPrintable(Agent::errorString()));
}

void tst_Slots::init()
{
    m_slow = 0;
    m_clients = std::make_unique<QObject>();
    m_server = std::make_unique<Server>();
    connect(m_server.get(), &Server::connection, this, [this](Socket *socket) {
        socket->setObjectName(u"accepted"_s);
        connect(socket, &Socket::errorOccurred, socket, [] {});
        connect(socket, &Socket::data, socket, [this, socket](const QByteArray &bytes) {
            work(m_slow);
            socket->write(bytes);
        });
    });
    QSignalSpy listening(m_server.get(), &Server::listening);
    m_server->listen({.port = 0, .host = u"127.0.0.1"_s});
    QVERIFY(listening.wait());
}

void tst_Slots::cleanup()
{
    m_clients.reset();
    m_server.reset();
    QTRY_VERIFY(!probe::isTimed());
}

std::unique_ptr<TestInspector> tst_Slots::attached()
{
    auto inspector = std::make_unique<TestInspector>(Agent::socketPath());
    return inspector->attach(TestInspector::hello()) ? std::move(inspector) : nullptr;
}

void tst_Slots::ask(TestInspector &inspector, bool on)
{
    const wire::WatchRecord record{.subject = wire::everySocket, .what = on ? wire::WatchedSlots : 0u};
    QByteArray bytes;
    wire::encode(bytes, std::span(&record, 1), 0);
    inspector.sendBytes(bytes);
    QTRY_COMPARE(probe::isTimed(), on);
}

Socket *tst_Slots::client(const SocketOptions &options)
{
    auto *const socket = new Socket(options, m_clients.get());
    connect(socket, &Socket::errorOccurred, socket, [] {});
    socket->connectTo(m_server->address().port, u"127.0.0.1"_s);
    return socket;
}

QList<wire::EventRecord> tst_Slots::slotsOf(TestInspector &inspector, quint64 subject)
{
    QList<wire::EventRecord> found;
    for (const wire::EventRecord &event : std::as_const(inspector.events)) {
        if (event.kind == wire::EventKind::SlotReturned && event.subject == subject)
            found.append(event);
    }
    return found;
}

void tst_Slots::everySignalIsTimedWithItsKind()
{
    const auto inspector = attached();
    QVERIFY(inspector);
    ask(*inspector, true);
    m_slow = 2 * millisecond;
    Socket *const socket = client();
    socket->setObjectName(u"asks"_s);
    connect(socket, &Socket::connected, socket, [socket] { socket->write("hello"); });
    connect(socket, &Socket::data, socket, [socket] { socket->end(); });
    const quint64 asks = inspector->idOf(u"asks"_s);
    const quint64 answers = inspector->idOf(u"accepted"_s);
    const auto kinds = [&](quint64 subject) {
        QList<quint64> signals_;
        for (const wire::EventRecord &event : slotsOf(*inspector, subject))
            signals_.append(signalOf(event));
        return signals_;
    };
    using enum wire::EventKind;
    const auto expected = [](std::initializer_list<wire::EventKind> list) {
        QList<quint64> numbers;
        for (const wire::EventKind kind : list)
            numbers.append(quint64(kind));
        return numbers;
    };
    // What is written is told as drained only after a full queue, so that nobody hears of drain here.
    QTRY_COMPARE(kinds(answers), expected({Accepted, Received, PeerEnded}));
    QTRY_COMPARE(kinds(asks), expected({Connected, Received, PeerEnded}));
    const wire::EventRecord slow = slotsOf(*inspector, answers).at(1);
    QVERIFY2(qint64(slow.b) >= m_slow, qPrintable(QString::number(slow.b)));
    // It is told when the slot has returned.
    const auto received = std::ranges::find_if(inspector->events, [&](const wire::EventRecord &event) {
        return event.subject == answers && event.kind == Received;
    });
    QVERIFY(slow.time - received->time >= m_slow);
}

void tst_Slots::whoIsServedLaterHasWaited()
{
    const auto inspector = attached();
    QVERIFY(inspector);
    ask(*inspector, true);
    Socket *const first = client();
    Socket *const second = client();
    QTRY_COMPARE(m_server->findChildren<Socket *>().size(), 2);
    first->write("warm");
    second->write("warm"); // the clock of this thread's turns is read once somebody has asked
    QTRY_VERIFY(first->bytesRead() == 4 && second->bytesRead() == 4);
    m_slow = 3 * millisecond;
    // Both are ready before either is served.
    first->write("now");
    second->write("now");
    QTRY_VERIFY(first->bytesRead() == 7 && second->bytesRead() == 7);
    const auto longest = [&] {
        qint64 wait = 0;
        for (const wire::EventRecord &event : std::as_const(inspector->events)) {
            if (event.kind == wire::EventKind::SlotReturned)
                wait = std::max(wait, waitOf(event));
        }
        return wait;
    };
    QTRY_VERIFY(longest() >= m_slow);
}

void tst_Slots::aSlotThatDeletesItsSocketIsHarmless()
{
    const auto inspector = attached();
    QVERIFY(inspector);
    ask(*inspector, true);
    const QPointer<Socket> socket = client();
    socket->setObjectName(u"short"_s);
    const quint64 id = inspector->idOf(u"short"_s);
    connect(socket, &Socket::data, this, [&] { delete socket.data(); });
    QTRY_COMPARE(socket->readyState(), Socket::ReadyState::Open);
    socket->write("away");
    QTRY_VERIFY(!socket);
    QTRY_VERIFY(inspector->gone.contains(id));
    for (const wire::EventRecord &event : slotsOf(*inspector, id))
        QVERIFY(signalOf(event) != quint64(wire::EventKind::Received));
}

void tst_Slots::nobodyIsTimedBeforeAndAfter()
{
    const auto inspector = attached();
    QVERIFY(inspector);
    Socket *const socket = client();
    socket->setObjectName(u"untimed"_s);
    connect(socket, &Socket::data, socket, [] {});
    const quint64 id = inspector->idOf(u"untimed"_s);
    const auto say = [&](qint64 bytes) {
        socket->write("again");
        return QTest::qWaitFor([&] { return socket->bytesRead() == bytes; });
    };
    QVERIFY(say(5));
    ask(*inspector, true);
    QVERIFY(say(10));
    ask(*inspector, false);
    QVERIFY(say(15));
    QTRY_COMPARE(inspector->counters(id).received, 15u);
    QTRY_COMPARE(slotsOf(*inspector, id).size(), 1);
}

void tst_Slots::readyReadAndOnreadAreTimedToo()
{
    const auto inspector = attached();
    QVERIFY(inspector);
    ask(*inspector, true);
    Socket *const reader = client();
    reader->setObjectName(u"reader"_s);
    connect(reader, &Socket::readyRead, reader, [reader] {
        work(millisecond);
        reader->read();
    });
    char memory[64];
    Socket *const caller =
        client({.onread = OnRead{.buffer = memory, .size = sizeof memory, .callback = [](auto, auto) {
                                     work(millisecond);
                                     return true;
                                 }}});
    caller->setObjectName(u"caller"_s);
    for (const QString &name : {u"reader"_s, u"caller"_s}) {
        const quint64 id = inspector->idOf(name);
        (name == u"reader"_s ? reader : caller)->write("some");
        const auto took = [&] {
            for (const wire::EventRecord &event : slotsOf(*inspector, id)) {
                if (signalOf(event) == quint64(wire::EventKind::Received) && qint64(event.b) >= millisecond)
                    return true;
            }
            return false;
        };
        QTRY_VERIFY2(took(), qPrintable(name));
    }
}

void tst_Slots::anInspectorThatIsKilledEndsIt()
{
    const auto first = attached();
    const auto second = attached();
    QVERIFY(first && second);
    ask(*first, true);
    ask(*second, true);
    first->hangUp();
    client();
    QTRY_VERIFY(!second->events.isEmpty() && second->status.inspectors == 1);
    QVERIFY(probe::isTimed());
    second->hangUp();
    QTRY_VERIFY(!probe::isTimed());
}

QTEST_GUILESS_MAIN(tst_Slots)
#include "tst_slots.moc"
