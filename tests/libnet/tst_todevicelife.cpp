#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <QDataStream>
#include <QTextStream>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using net::Socket;
using test::ConnectedPair;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// What becomes of toDevice() when its socket ends, and waiting for it.
class tst_ToDeviceLife : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theEndIsToldAfterTheBytes();
    void whatWasReadOutlivesTheConnection();
    void closeSendsWhatWaits();
    void writingToAClosedSocketIsAnError();
    void waitingForBytes();
    void waitingForWrites();
    void waitingFailsInTime();
    void waitingEndsWithTheSocket();
    void theSocketMayBeDeletedInReadyRead();
    void theDeviceMayBeDeleted();
    void itOpensAgainWithANewConnection();

private:
    RawListener m_listener;
    RawPeer connectPeer(Socket &socket);
};

RawPeer tst_ToDeviceLife::connectPeer(Socket &socket)
{
    socket.connectTo(m_listener.port(), u"127.0.0.1"_s);
    RawPeer peer = m_listener.accept();
    test::waitFor([&] { return !socket.isPending(); });
    return peer;
}

void tst_ToDeviceLife::theEndIsToldAfterTheBytes()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QIODevice *device = socket.toDevice();
    EventLog log;
    QByteArray bytes;
    connect(device, &QIODevice::readyRead, this, [&] { bytes += device->readAll(); });
    connect(device, &QIODevice::readChannelFinished, this, [&] { log.note(u"finished after %1"_s.arg(bytes.size())); });
    QVERIFY(peer.write("12345"));
    peer.close();
    COMPARE_EVENTS(log, "finished after 5");
    char byte = 0;
    QCOMPARE(device->read(&byte, 1), -1);
    WAIT_FOR(socket.isDestroyed());
    test::settle();
    QCOMPARE(log.events().size(), 1);
}

void tst_ToDeviceLife::whatWasReadOutlivesTheConnection()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QIODevice *device = socket.toDevice();
    QVERIFY(peer.write("last words"));
    peer.close();
    WAIT_FOR(socket.isDestroyed());
    test::settle();
    QVERIFY(device->isReadable());
    QVERIFY(!device->isWritable());
    QCOMPARE(device->readAll(), QByteArray("last words"));
}

void tst_ToDeviceLife::closeSendsWhatWaits()
{
    const QByteArray huge(20'000'000, 'h');
    Socket socket;
    EventLog log(&socket, EventLog::Story);
    RawPeer peer = connectPeer(socket);
    QIODevice *device = socket.toDevice();
    QCOMPARE(device->write(huge), huge.size());
    QVERIFY(device->bytesToWrite() > 0);
    device->close();
    QVERIFY(!device->isOpen());
    QVERIFY(peer.readToEnd() == huge);
    COMPARE_EVENTS(log, "connected, ready, finish, closed");
}

void tst_ToDeviceLife::writingToAClosedSocketIsAnError()
{
    Socket never;
    EventLog log(&never, EventLog::Story);
    QCOMPARE(never.toDevice()->write("nowhere"), -1);
    QVERIFY(!never.toDevice()->errorString().isEmpty());
    Socket socket;
    RawPeer peer = connectPeer(socket);
    socket.end();
    QCOMPARE(socket.toDevice()->write("late"), -1);
    test::settle();
    QCOMPARE(log.text(), QString());
    QVERIFY(!socket.isDestroyed());
}

void tst_ToDeviceLife::waitingForBytes()
{
    Socket socket;
    socket.connectTo(m_listener.port(), u"127.0.0.1"_s);
    QIODevice *device = socket.toDevice();
    RawPeer peer = m_listener.accept();
    QVERIFY(peer.write("hello"));
    if (device->bytesAvailable() == 0)
        QVERIFY(device->waitForReadyRead(test::LongestWait));
    QCOMPARE(device->readAll(), QByteArray("hello"));
}

void tst_ToDeviceLife::waitingForWrites()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QIODevice *device = socket.toDevice();
    QVERIFY(!device->waitForBytesWritten(0)); // nothing to write
    device->write("first");
    device->write("second");
    while (device->bytesToWrite() > 0)
        QVERIFY(device->waitForBytesWritten(test::LongestWait));
    QCOMPARE(peer.read(11), QByteArray("firstsecond"));
}

void tst_ToDeviceLife::waitingFailsInTime()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QVERIFY(!socket.toDevice()->waitForReadyRead(20));
    QVERIFY(!socket.toDevice()->waitForReadyRead(0));
}

void tst_ToDeviceLife::waitingEndsWithTheSocket()
{
    auto socket = std::make_unique<Socket>();
    RawPeer peer = connectPeer(*socket);
    QIODevice *device = socket->toDevice();
    peer.reset();
    QVERIFY(!device->waitForReadyRead(-1));
    WAIT_FOR(device->errorString().contains(u"ECONNRESET"_s));
    QVERIFY(!device->waitForReadyRead(-1));
    auto other = std::make_unique<Socket>();
    RawPeer otherPeer = connectPeer(*other);
    QTimer::singleShot(0, this, [&] { other.reset(); });
    QVERIFY(!other->toDevice()->waitForReadyRead(-1));
    QVERIFY(!other);
}

void tst_ToDeviceLife::theSocketMayBeDeletedInReadyRead()
{
    auto *socket = new Socket;
    RawPeer peer = connectPeer(*socket);
    const QPointer<Socket> alive = socket;
    connect(socket->toDevice(), &QIODevice::readyRead, this, [socket] { delete socket; });
    QVERIFY(peer.write("bytes"));
    WAIT_FOR(!alive);
    test::settle();
}

void tst_ToDeviceLife::theDeviceMayBeDeleted()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    socket.toDevice()->write("from the device");
    delete socket.toDevice();
    QCOMPARE(peer.read(15), QByteArray("from the device"));
    EventLog log(&socket);
    QVERIFY(peer.write("flows again"));
    COMPARE_EVENTS(log, "data 11");
    QVERIFY(socket.toDevice()->isOpen());
}

void tst_ToDeviceLife::itOpensAgainWithANewConnection()
{
    Socket socket;
    QIODevice *device = socket.toDevice();
    for (int round = 0; round < 2; ++round) {
        RawPeer peer = connectPeer(socket);
        QVERIFY(device->isWritable());
        QVERIFY(peer.write("again"));
        peer.close();
        WAIT_FOR(socket.isDestroyed());
        test::settle();
        QCOMPARE(device->readAll(), QByteArray("again"));
    }
}

QTEST_GUILESS_MAIN(tst_ToDeviceLife)
#include "tst_todevicelife.moc"
