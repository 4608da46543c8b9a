#include "testinspector.h"

#include "libnet/agent/agent.h"
#include "libnet/server.h"
#include "libnet/socket.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace net;
using namespace Qt::StringLiterals;

namespace {

/// A client that writes more than a server's paused connection takes.
struct Clogged
{
    explicit Clogged(const ListenOptions &where)
    {
        QObject::connect(&server, &Server::connection, &server, [this](Socket *socket) {
            socket->setObjectName(u"reader"_s);
            QObject::connect(socket, &Socket::errorOccurred, socket, [] {});
            socket->pause();
            reader = socket;
        });
        QObject::connect(&client, &Socket::errorOccurred, &client, [](const net::Error &) {});
        client.setObjectName(u"writer"_s);
        QSignalSpy listening(&server, &Server::listening);
        server.listen(where);
        listening.wait();
        if (where.path.isEmpty())
            client.connectTo(server.address().port, u"127.0.0.1"_s);
        else
            client.connectTo(where.path);
    }
    bool write()
    {
        return QTest::qWaitFor([this] { return reader && client.readyState() == Socket::ReadyState::Open; }) &&
               !client.write(QByteArray(16 << 20, 'x'));
    }

    Server server{ServerOptions{.pauseOnConnect = true}};
    Socket client;
    QPointer<Socket> reader;
};

} // namespace

/// What the kernel knows of a connection is told to who asks, while it is connected, and to nobody else.
class tst_KernelFacts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void queueOfAPeerThatDoesNotRead();
    void queueOfALocalPeer();
    void isToldAsLongAsItIsWanted();
    void nothingIsToldOfWhatIsNotConnected();
    void olderInspectorMayNotAsk();

private:
    static std::unique_ptr<TestInspector> attached(quint16 newest = wire::newestVersion);

    std::unique_ptr<QTemporaryDir> m_place;
};

void tst_KernelFacts::initTestCase()
{
    m_place = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", m_place->path().toLocal8Bit());
    QVERIFY2(Agent::start(), qPrintable(Agent::errorString()));
}

std::unique_ptr<TestInspector> tst_KernelFacts::attached(quint16 newest)
{
    auto inspector = std::make_unique<TestInspector>(Agent::socketPath());
    wire::Hello hello = TestInspector::hello();
    hello.newest = newest;
    return inspector->attach(hello) ? std::move(inspector) : nullptr;
}

void tst_KernelFacts::queueOfAPeerThatDoesNotRead()
{
    Clogged clogged({.port = 0, .host = u"127.0.0.1"_s});
    QVERIFY(clogged.write());
    const auto inspector = attached();
    QVERIFY(inspector);
    const quint64 writer = inspector->idOf(u"writer"_s);
    const quint64 reader = inspector->idOf(u"reader"_s);
    inspector->watch(writer, true);
    inspector->watch(reader, true);
    const auto last = [&](quint64 subject) {
        wire::KernelRecord found;
        for (const auto &batch : std::as_const(inspector->kernel))
            for (const wire::KernelRecord &record : batch.records)
                if (record.subject == subject)
                    found = record;
        return found;
    };
    // The window closes once the reader's buffer is full.
    QTRY_VERIFY(last(writer).unsent > 0 && last(writer).peerLimited > 0 && last(reader).unread > 0);
    QVERIFY(last(writer).notSent <= last(writer).unsent);
    QVERIFY(last(writer).busy >= last(writer).peerLimited);
    QVERIFY(last(writer).roundTrip > 0 && last(writer).networkWindow > 0);
    QCOMPARE(last(reader).unsent, 0u);
    QVERIFY2(inspector->problem.isEmpty(), qPrintable(inspector->problem));
}

void tst_KernelFacts::queueOfALocalPeer()
{
    Clogged clogged({.path = m_place->filePath(u"door"_s)});
    QVERIFY(clogged.write());
    const auto inspector = attached();
    QVERIFY(inspector);
    inspector->watch(inspector->idOf(u"writer"_s), true);
    QTRY_VERIFY(!inspector->kernel.isEmpty());
    const wire::KernelRecord record = inspector->kernel.last().records.constFirst();
    QVERIFY(record.unsent > 0);
    QCOMPARE(record.roundTrip, 0u);
}

void tst_KernelFacts::isToldAsLongAsItIsWanted()
{
    Clogged clogged({.port = 0, .host = u"127.0.0.1"_s});
    QVERIFY(clogged.write());
    const auto inspector = attached();
    QVERIFY(inspector);
    const quint64 writer = inspector->idOf(u"writer"_s);
    QTRY_VERIFY(inspector->statuses > 0);
    QVERIFY(inspector->kernel.isEmpty());
    inspector->watch(writer, true);
    QTRY_VERIFY(inspector->kernel.size() > 2);
    inspector->watch(writer, false);
    // It has read that by the time it answers what was asked after.
    inspector->command(writer, u"hold"_s);
    inspector->kernel.clear();
    const int statuses = inspector->statuses;
    QTRY_VERIFY(inspector->statuses > statuses);
    QVERIFY(inspector->kernel.isEmpty());
}

void tst_KernelFacts::nothingIsToldOfWhatIsNotConnected()
{
    Clogged clogged({.port = 0, .host = u"127.0.0.1"_s});
    clogged.server.setObjectName(u"server"_s);
    QVERIFY(clogged.write());
    const auto inspector = attached();
    QVERIFY(inspector);
    const quint64 writer = inspector->idOf(u"writer"_s);
    inspector->watch(inspector->idOf(u"server"_s), true);
    inspector->watch(writer, true);
    inspector->watch(4711, true);
    QTRY_VERIFY(!inspector->kernel.isEmpty());
    for (const auto &batch : std::as_const(inspector->kernel))
        QCOMPARE(batch.records.size(), 1);
    clogged.client.destroy();
    QTRY_COMPARE(inspector->counters(writer).state, wire::State::Closed);
    inspector->kernel.clear();
    const int statuses = inspector->statuses;
    QTRY_VERIFY(inspector->statuses > statuses);
    QVERIFY(inspector->kernel.isEmpty());
}

void tst_KernelFacts::olderInspectorMayNotAsk()
{
    const auto inspector = attached(wire::controlVersion);
    QVERIFY(inspector);
    QCOMPARE(inspector->agent->version, wire::controlVersion);
    inspector->watch(1, true);
    QTRY_VERIFY(inspector->error);
    QCOMPARE(inspector->error->code, wire::ErrorCode::Malformed);
}

QTEST_GUILESS_MAIN(tst_KernelFacts)
#include "tst_kernelfacts.moc"
