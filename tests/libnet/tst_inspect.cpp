#include "tests/libnet/probetap.h"
#include "tests/support/waiting.h"
#include "tests/support/worker.h"

#include "libnet/inspect.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QUdpSocket>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace probetap;

/// Qt's own sockets and servers, registered with one call: what the tap hears is what they did.
class tst_Inspect : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void bothDirectionsAreCounted_data();
    void bothDirectionsAreCounted();
    void whatIsLeftUnreadIsCountedOnce_data();
    void whatIsLeftUnreadIsCountedOnce();
    void blockingReadersAreCounted();
    void thePeersEndIsNotAByte();
    void aConnectionIsFollowedFromStateToState();
    void aSecondConnectionStartsAnew();
    void refusedConnectionsHaveTheirError();
    void aServerShowsWhomItAccepts();
    void aServerThatClosesIsSeen();
    void askingTwiceIsOnce();
    void datagramsAreRefused();
    void theSocketStaysTheCallers();
    void socketsMayMoveToAnotherThread();
    void whatIsUnreadMovesAlong_data() { kinds(); }
    void whatIsUnreadMovesAlong();
    void serversMayMoveToAnotherThread();

private:
    struct Pair
    {
        std::unique_ptr<QIODevice> watched;
        std::unique_ptr<QIODevice> peer;
    };
    static Pair tcp();
    static Pair local();
    static Pair pair(bool isLocal) { return isLocal ? local() : tcp(); }
    static void kinds();
    static Record only(SubjectKind kind);
};

namespace {

void inspectDevice(QIODevice *device)
{
    if (auto *socket = qobject_cast<QAbstractSocket *>(device))
        net::inspect(socket);
    else
        net::inspect(qobject_cast<QLocalSocket *>(device));
}

} // namespace

void tst_Inspect::initTestCase()
{
    net::probe::install(&tap);
}

void tst_Inspect::init()
{
    const QMutexLocker lock(&mutex);
    records.clear();
}

// Whatever a test has made is gone with it.
void tst_Inspect::cleanup()
{
    const QMutexLocker lock(&mutex);
    for (const Record &record : std::as_const(records)) {
        QCOMPARE(record.gone, 1);
        QVERIFY(!record.heardBefore);
    }
}

tst_Inspect::Pair tst_Inspect::tcp()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost))
        return {};
    auto client = std::make_unique<QTcpSocket>();
    client->connectToHost(server.serverAddress(), server.serverPort());
    if (!client->waitForConnected(test::LongestWait) || !server.waitForNewConnection(test::LongestWait))
        return {};
    QTcpSocket *const accepted = server.nextPendingConnection();
    accepted->setParent(nullptr);
    return {std::move(client), std::unique_ptr<QIODevice>(accepted)};
}

tst_Inspect::Pair tst_Inspect::local()
{
    QLocalServer server;
    if (!server.listen(u"tst_inspect-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces)))
        return {};
    auto client = std::make_unique<QLocalSocket>();
    client->connectToServer(server.fullServerName());
    if (!client->waitForConnected(test::LongestWait) || !server.waitForNewConnection(test::LongestWait))
        return {};
    QLocalSocket *const accepted = server.nextPendingConnection();
    accepted->setParent(nullptr);
    return {std::move(client), std::unique_ptr<QIODevice>(accepted)};
}

void tst_Inspect::kinds()
{
    QTest::addColumn<bool>("isLocal");
    QTest::newRow("tcp") << false;
    QTest::newRow("local") << true;
}

/// The one record of its kind.
Record tst_Inspect::only(SubjectKind kind)
{
    const QMutexLocker lock(&mutex);
    QList<Record> found;
    for (const Record &record : std::as_const(records)) {
        if (record.kind == kind)
            found.append(record);
    }
    return found.size() == 1 ? found.first() : Record();
}

void tst_Inspect::bothDirectionsAreCounted_data()
{
    kinds();
}

void tst_Inspect::bothDirectionsAreCounted()
{
    QFETCH(const bool, isLocal);
    const Pair ends = pair(isLocal);
    QVERIFY(ends.watched && ends.peer);
    inspectDevice(ends.watched.get());
    QByteArray heard;
    connect(ends.watched.get(), &QIODevice::readyRead, this, [&] { heard += ends.watched->readAll(); });
    QByteArray said;
    for (int i = 0; i < 200; ++i) {
        said += QByteArray(1 + i * 37 % 5000, char('a' + i % 26));
        ends.peer->write(said.last(1 + i * 37 % 5000));
        QCoreApplication::processEvents();
    }
    WAIT_FOR(heard.size() == said.size());
    ends.watched->write(QByteArray(300'000, 'x'));
    WAIT_FOR(only(SubjectKind::Socket).sentTotal == 300'000);
    const Record record = only(SubjectKind::Socket);
    QCOMPARE(record.received, said);
    QCOMPARE(record.receivedTotal, quint64(said.size()));
    QCOMPARE(record.state, State::Open);
}

void tst_Inspect::whatIsLeftUnreadIsCountedOnce_data()
{
    kinds();
}

void tst_Inspect::whatIsLeftUnreadIsCountedOnce()
{
    QFETCH(const bool, isLocal);
    const Pair ends = pair(isLocal);
    QVERIFY(ends.watched && ends.peer);
    inspectDevice(ends.watched.get());
    QSignalSpy ready(ends.watched.get(), &QIODevice::readyRead);
    for (int i = 0; i < 20; ++i) {
        ends.peer->write(QByteArray(100, char('a' + i)));
        WAIT_FOR(ready.size() == i + 1);
        if (i % 3 == 0)
            ends.watched->read(130); // some of it, and now and then all
        if (i % 7 == 6)
            ends.watched->readAll();
    }
    QCOMPARE(only(SubjectKind::Socket).receivedTotal, quint64(2000));
}

void tst_Inspect::blockingReadersAreCounted()
{
    const Pair ends = tcp();
    QVERIFY(ends.watched && ends.peer);
    inspectDevice(ends.watched.get());
    for (int i = 1; i <= 20; ++i) {
        ends.peer->write(QByteArray(i * 10, 'b'));
        QVERIFY(ends.peer->waitForBytesWritten(test::LongestWait));
        QVERIFY(ends.watched->waitForReadyRead(test::LongestWait));
        if (i % 2)
            ends.watched->readAll();
    }
    QCOMPARE(only(SubjectKind::Socket).receivedTotal, quint64(2100));
}

void tst_Inspect::thePeersEndIsNotAByte()
{
    Pair ends = tcp();
    QVERIFY(ends.watched && ends.peer);
    inspectDevice(ends.watched.get());
    ends.peer->write("last words");
    qobject_cast<QTcpSocket *>(ends.peer.get())->disconnectFromHost();
    WAIT_FOR(qobject_cast<QTcpSocket *>(ends.watched.get())->state() == QAbstractSocket::UnconnectedState);
    const Record record = only(SubjectKind::Socket);
    QCOMPARE(record.received, "last words");
    QCOMPARE(record.receivedTotal, quint64(10));
    QVERIFY(record.kinds.contains(EventKind::PeerEnded));
    QCOMPARE(record.kinds.last(), EventKind::Closed);
    QCOMPARE(record.errors, QStringList());
}

void tst_Inspect::aConnectionIsFollowedFromStateToState()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket socket;
    socket.setObjectName(u"guest"_s);
    net::inspect(&socket);
    QCOMPARE(only(SubjectKind::Socket).state, State::Idle);
    socket.connectToHost(QHostAddress::LocalHost, server.serverPort());
    WAIT_FOR(socket.state() == QAbstractSocket::ConnectedState);
    Record record = only(SubjectKind::Socket);
    QCOMPARE(record.state, State::Open);
    const net::probe::Facts facts = record.subject->facts();
    QCOMPARE(facts.remote.port, server.serverPort());
    QCOMPARE(facts.local.port, socket.localPort());
    QCOMPARE(facts.name, u"guest"_s);
    QCOMPARE(facts.descriptor, int(socket.socketDescriptor()));
    socket.disconnectFromHost();
    WAIT_FOR(socket.state() == QAbstractSocket::UnconnectedState);
    record = only(SubjectKind::Socket);
    QCOMPARE(record.state, State::Closed);
    QCOMPARE(record.subject->facts().remote.port, server.serverPort()); // still known
}

void tst_Inspect::aSecondConnectionStartsAnew()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&server] {
        QTcpSocket *const accepted = server.nextPendingConnection();
        accepted->write("hello");
        accepted->disconnectFromHost();
        connect(accepted, &QTcpSocket::disconnected, accepted, &QObject::deleteLater);
    });
    QTcpSocket socket;
    net::inspect(&socket);
    for (int i = 1; i <= 3; ++i) {
        socket.connectToHost(QHostAddress::LocalHost, server.serverPort());
        WAIT_FOR(socket.state() == QAbstractSocket::UnconnectedState && socket.bytesAvailable() == 5);
        QCOMPARE(socket.readAll(), "hello");
        QCOMPARE(only(SubjectKind::Socket).receivedTotal, quint64(5 * i));
    }
}

void tst_Inspect::refusedConnectionsHaveTheirError()
{
    quint16 port = 0;
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        port = server.serverPort();
    }
    QTcpSocket socket;
    net::inspect(&socket);
    socket.connectToHost(QHostAddress::LocalHost, port);
    WAIT_FOR(!only(SubjectKind::Socket).errors.isEmpty());
    QCOMPARE(only(SubjectKind::Socket).errors.size(), 1);
    QCOMPARE(only(SubjectKind::Socket).subject->facts().errorMessage, socket.errorString());
}

void tst_Inspect::aServerShowsWhomItAccepts()
{
    QTcpServer server;
    net::inspect(&server);
    QCOMPARE(only(SubjectKind::Server).state, State::Idle);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QByteArray heard;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *const accepted = server.nextPendingConnection();
        connect(accepted, &QTcpSocket::readyRead, this, [&heard, accepted] { heard += accepted->readAll(); });
    });
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, server.serverPort());
    client.write("to whom it may concern");
    WAIT_FOR(heard.size() == 22);
    const Record shown = only(SubjectKind::Server);
    const Record accepted = only(SubjectKind::Socket);
    QVERIFY(shown.subject && accepted.subject);
    QCOMPARE(shown.state, State::Listening);
    QCOMPARE(accepted.received, "to whom it may concern");
    QCOMPARE(accepted.subject->facts().server, shown.subject->id());
    QCOMPARE(shown.subject->facts().accepted, quint64(1));
    QCOMPARE(shown.subject->facts().connections, 1u);
    QCOMPARE(shown.subject->facts().local.port, server.serverPort());
}

void tst_Inspect::aServerThatClosesIsSeen()
{
    QLocalServer server;
    net::inspect(&server);
    QVERIFY(server.listen(u"tst_inspect-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces)));
    WAIT_FOR(only(SubjectKind::Server).state == State::Listening);
    QCOMPARE(only(SubjectKind::Server).subject->facts().local.address, server.fullServerName());
    server.close();
    WAIT_FOR(only(SubjectKind::Server).state == State::Closed);
}

void tst_Inspect::askingTwiceIsOnce()
{
    QTcpSocket socket;
    net::inspect(&socket);
    net::inspect(&socket);
    QCOMPARE(records.size(), 1);
    net::inspect(static_cast<QTcpSocket *>(nullptr));
    QCOMPARE(records.size(), 1);
}

void tst_Inspect::datagramsAreRefused()
{
    QUdpSocket socket;
    QTest::ignoreMessage(QtWarningMsg, "net::inspect: a QUdpSocket has no stream to show");
    net::inspect(&socket);
    QVERIFY(records.isEmpty());
}

void tst_Inspect::theSocketStaysTheCallers()
{
    auto socket = std::make_unique<QTcpSocket>();
    net::inspect(socket.get());
    QVERIFY(!socket->parent());
    socket.reset();
    QCOMPARE(only(SubjectKind::Socket).gone, 1);
}

void tst_Inspect::socketsMayMoveToAnotherThread()
{
    Pair ends = tcp();
    QVERIFY(ends.watched && ends.peer);
    inspectDevice(ends.watched.get());
    QThread thread;
    thread.start();
    QIODevice *const moved = ends.watched.release();
    connect(moved, &QIODevice::readyRead, moved, [moved] { moved->readAll(); });
    connect(&thread, &QThread::finished, moved, &QObject::deleteLater);
    moved->moveToThread(&thread);
    ends.peer->write("across");
    WAIT_FOR(only(SubjectKind::Socket).received == "across");
    thread.quit();
    QVERIFY(thread.wait(test::LongestWait));
    WAIT_FOR(only(SubjectKind::Socket).gone == 1);
}

void tst_Inspect::whatIsUnreadMovesAlong()
{
    QFETCH(const bool, isLocal);
    Pair ends = pair(isLocal);
    QVERIFY(ends.watched && ends.peer);
    inspectDevice(ends.watched.get());
    QSignalSpy ready(ends.watched.get(), &QIODevice::readyRead);
    ends.peer->write(QByteArray(100, 'a'));
    WAIT_FOR(!ready.isEmpty());
    test::Worker worker;
    ends.watched->moveToThread(&worker);
    worker.run([&] { QCOMPARE(ends.watched->readAll().size(), 100); });
    ends.peer->write(QByteArray(200, 'b'));
    WAIT_FOR(ready.size() == 2);
    WAIT_FOR(only(SubjectKind::Socket).receivedTotal == 300);
    worker.run([&] { ends.watched.reset(); });
}

void tst_Inspect::serversMayMoveToAnotherThread()
{
    auto server = std::make_unique<QTcpServer>();
    net::inspect(server.get());
    QVERIFY(server->listen(QHostAddress::LocalHost));
    WAIT_FOR(only(SubjectKind::Server).state == State::Listening);
    const quint16 port = server->serverPort();
    test::Worker worker;
    server->moveToThread(&worker);
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, port);
    WAIT_FOR(only(SubjectKind::Server).kinds.contains(EventKind::Accepted));
    worker.run([&] { server->close(); });
    WAIT_FOR(only(SubjectKind::Server).state == State::Closed);
    worker.run([&] { server.reset(); });
}

QTEST_GUILESS_MAIN(tst_Inspect)
#include "tst_inspect.moc"
