#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"
#include "tests/support/sluice.h"

#include <libnet/net.h>

#include <QBuffer>
#include <QTcpSocket>

using namespace Qt::StringLiterals;
using net::Socket;
using test::ConnectedPair;
using test::EventLog;
using test::pattern;
using test::RawListener;
using test::RawPeer;

/// Devices are piped to a socket, which sets the pace; files to their end, sequential ones to the end they tell.
class tst_DevicePipe : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFileFillsASocket();
    void anEmptyFileEndsTheSocket();
    void aDeviceWaitsForTheSocket();
    void aSequentialDeviceIsFollowedToItsEnd();
    void aDeviceMayGoOnTheWay_data();
    void aDeviceMayGoOnTheWay();
    void aSocketMayGoOnTheWay_data();
    void aSocketMayGoOnTheWay();
    void unpipeStopsADevice();
    void fileToFileThroughTwoSockets();
    void socketsTellOfTheirPipes();

private:
    QTemporaryDir m_folder;
    RawListener m_listener;
    RawPeer connectPeer(Socket &socket);
    std::unique_ptr<QFile> file(const QString &name, const QByteArray &content = {});
};

RawPeer tst_DevicePipe::connectPeer(Socket &socket)
{
    socket.connectTo(m_listener.port(), u"127.0.0.1"_s);
    RawPeer peer = m_listener.accept();
    test::waitFor([&] { return !socket.isPending(); });
    return peer;
}

std::unique_ptr<QFile> tst_DevicePipe::file(const QString &name, const QByteArray &content)
{
    auto file = std::make_unique<QFile>(m_folder.filePath(name));
    const bool open = file->open(QIODevice::ReadWrite | QIODevice::Truncate);
    if (open && !content.isEmpty()) {
        file->write(content);
        file->seek(0);
    }
    return file;
}

void tst_DevicePipe::aFileFillsASocket()
{
    const QByteArray content = pattern(3'000'000);
    const auto source = file(u"source"_s, content);
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    EventLog log(&pair.client);
    QCOMPARE(net::pipe(source.get(), pair.accepted.data()), pair.accepted.data());
    WAIT_FOR(log.contains(u"closed"_s));
    QVERIFY(log.bytes() == content);
    QVERIFY(source->isOpen());
}

void tst_DevicePipe::anEmptyFileEndsTheSocket()
{
    const auto empty = file(u"empty"_s);
    Socket socket;
    EventLog log(&socket, EventLog::Story);
    RawPeer peer = connectPeer(socket);
    net::pipe(empty.get(), &socket, false);
    test::settle();
    QVERIFY(socket.isWritable());
    net::pipe(empty.get(), &socket);
    QCOMPARE(peer.readToEnd(), QByteArray());
    QVERIFY(log.contains(u"finish"_s));
}

void tst_DevicePipe::aDeviceWaitsForTheSocket()
{
    const QByteArray content = pattern(40'000'000);
    QBuffer buffer;
    buffer.setData(content);
    buffer.open(QIODevice::ReadOnly);
    Socket socket;
    // Piped before there is a connection, and to somebody who does not read at first.
    socket.connectTo(m_listener.port(), u"127.0.0.1"_s);
    net::pipe(&buffer, &socket);
    RawPeer peer = m_listener.accept();
    WAIT_FOR(socket.writableNeedDrain());
    test::settle();
    QVERIFY(buffer.pos() < content.size());
    QVERIFY(socket.writableLength() < 200'000);
    QVERIFY(peer.readToEnd() == content);
}

void tst_DevicePipe::aSequentialDeviceIsFollowedToItsEnd()
{
    RawListener other;
    QTcpSocket tcp;
    tcp.connectToHost(u"127.0.0.1"_s, other.port());
    RawPeer from = other.accept();
    WAIT_FOR(tcp.state() == QAbstractSocket::ConnectedState);
    Socket socket;
    RawPeer to = connectPeer(socket);
    net::pipe(&tcp, &socket);
    QVERIFY(from.write("first "));
    QCOMPARE(to.read(6), QByteArray("first "));
    const QByteArray content = pattern(2'000'000);
    QVERIFY(from.write(content));
    from.close();
    QVERIFY(to.readToEnd() == content);
}

void tst_DevicePipe::aDeviceMayGoOnTheWay_data()
{
    QTest::addColumn<bool>("deleted");
    QTest::newRow("closed") << false;
    QTest::newRow("deleted") << true;
}

void tst_DevicePipe::aDeviceMayGoOnTheWay()
{
    QFETCH(bool, deleted);
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(pattern(40'000'000));
    buffer->open(QIODevice::ReadOnly);
    Socket socket;
    QSignalSpy failed(&socket, &Socket::pipeFailed);
    RawPeer peer = connectPeer(socket);
    net::pipe(buffer.get(), &socket);
    WAIT_FOR(socket.writableNeedDrain());
    if (deleted)
        buffer.reset();
    else
        buffer->close();
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.first().at(1).value<net::Error>().code(), u"ERR_STREAM_PREMATURE_CLOSE"_s);
    // Open, so that nobody takes half of it for the whole.
    QVERIFY(socket.isWritable());
    socket.destroy();
}

void tst_DevicePipe::aSocketMayGoOnTheWay_data()
{
    QTest::addColumn<QString>("way");
    for (const char *way : {"destroyed", "deleted", "reset by the peer", "ended"})
        QTest::newRow(way) << QString::fromLatin1(way);
}

void tst_DevicePipe::aSocketMayGoOnTheWay()
{
    QFETCH(QString, way);
    QBuffer buffer;
    buffer.setData(pattern(40'000'000));
    buffer.open(QIODevice::ReadOnly);
    auto socket = std::make_unique<Socket>();
    RawPeer peer = connectPeer(*socket);
    net::pipe(&buffer, socket.get());
    WAIT_FOR(socket->writableNeedDrain());
    if (way == u"destroyed"_s) {
        socket->destroy();
    } else if (way == u"deleted"_s) {
        socket.reset();
    } else if (way == u"ended"_s) {
        socket->end();
        QVERIFY(peer.readToEnd().size() < buffer.size());
    } else {
        peer.reset();
        WAIT_FOR(socket->isDestroyed());
    }
    test::settle();
    QVERIFY(buffer.isOpen());
    QVERIFY(buffer.pos() < buffer.size());
}

void tst_DevicePipe::unpipeStopsADevice()
{
    QBuffer buffer;
    buffer.setData(pattern(40'000'000));
    buffer.open(QIODevice::ReadOnly);
    Socket socket;
    QSignalSpy unpiped(&socket, &Socket::unpiped);
    RawPeer peer = connectPeer(socket);
    net::pipe(&buffer, &socket);
    WAIT_FOR(socket.writableNeedDrain());
    const qint64 position = buffer.pos();
    net::unpipe(&buffer, &socket);
    net::unpipe(&buffer, &socket);
    QCOMPARE(unpiped.count(), 1);
    socket.end();
    QVERIFY(peer.readToEnd() == buffer.data().left(position));
}

void tst_DevicePipe::fileToFileThroughTwoSockets()
{
    const QByteArray content = pattern(5'000'000);
    const auto source = file(u"from"_s, content);
    const auto target = file(u"to"_s);
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    net::pipe(source.get(), &pair.client);
    pair.accepted->pipe(target.get());
    WAIT_FOR(!target->isOpen());
    QVERIFY(target->open(QIODevice::ReadOnly));
    QVERIFY(target->readAll() == content);
}

void tst_DevicePipe::socketsTellOfTheirPipes()
{
    Socket source;
    Socket destination;
    RawPeer from = connectPeer(source);
    RawPeer to = connectPeer(destination);
    QSignalSpy piped(&destination, &Socket::piped);
    QSignalSpy unpiped(&destination, &Socket::unpiped);
    source.pipe(&destination);
    QCOMPARE(piped.count(), 1);
    QCOMPARE(piped.first().first().value<QObject *>(), &source);
    source.unpipe(&destination);
    QCOMPARE(unpiped.count(), 1);
    source.pipe(&destination);
    from.close();
    WAIT_FOR(unpiped.count() == 2);
    QVERIFY(destination.writableFinished());
}

QTEST_GUILESS_MAIN(tst_DevicePipe)
#include "tst_devicepipe.moc"
