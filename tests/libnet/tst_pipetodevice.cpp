#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"
#include "tests/support/sluice.h"

#include <libnet/net.h>

#include <QBuffer>
#include <QProcess>

using namespace Qt::StringLiterals;
using net::Socket;
using test::ConnectedPair;
using test::EventLog;
using test::pattern;
using test::RawListener;
using test::RawPeer;
using test::Sluice;

/// A socket is piped to devices: a slow one sets the pace, a broken one is told, and nothing is lost.
class tst_PipeToDevice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aSocketFillsAFile();
    void aSocketFillsABuffer();
    void endFalseLeavesTheDeviceOpen();
    void aSlowDeviceHoldsTheSocketBack();
    void aDeviceMayTakeLessThanItIsOffered();
    void theRestReachesTheDeviceAfterTheSourceIsGone();
    void aBrokenDeviceIsTold();
    void aFullDiskIsTold();
    void aDeviceThatIsNotOpenIsTold();
    void aDeviceThatClosesIsTold();
    void aDeviceThatIsDeletedIsTold();
    void unpipeLeavesTheDeviceAlone();
    void aProcessReadsToTheEnd();

private:
    QTemporaryDir m_folder;
    RawListener m_listener;
    RawPeer connectPeer(Socket &socket);
    std::unique_ptr<QFile> file(const QString &name, const QByteArray &content = {});
};

RawPeer tst_PipeToDevice::connectPeer(Socket &socket)
{
    socket.connectTo(m_listener.port(), u"127.0.0.1"_s);
    RawPeer peer = m_listener.accept();
    test::waitFor([&] { return !socket.isPending(); });
    return peer;
}

std::unique_ptr<QFile> tst_PipeToDevice::file(const QString &name, const QByteArray &content)
{
    auto file = std::make_unique<QFile>(m_folder.filePath(name));
    const bool open = file->open(QIODevice::ReadWrite | QIODevice::Truncate);
    if (open && !content.isEmpty()) {
        file->write(content);
        file->seek(0);
    }
    return file;
}

void tst_PipeToDevice::aSocketFillsAFile()
{
    const QByteArray content = pattern(3'000'000);
    Socket socket;
    RawPeer peer = connectPeer(socket);
    const auto target = file(u"target"_s);
    QCOMPARE(socket.pipe(target.get()), target.get());
    QVERIFY(peer.write(content));
    peer.close();
    WAIT_FOR(!target->isOpen());
    QVERIFY(target->open(QIODevice::ReadOnly));
    QVERIFY(target->readAll() == content);
}

void tst_PipeToDevice::aSocketFillsABuffer()
{
    Socket socket;
    EventLog log(&socket, EventLog::Story);
    RawPeer peer = connectPeer(socket);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    socket.pipe(&buffer);
    QVERIFY(peer.write("through"));
    peer.close();
    COMPARE_EVENTS(log, "connected, ready, ended, finish, closed");
    QVERIFY(!buffer.isOpen());
    QCOMPARE(buffer.data(), QByteArray("through"));
}

void tst_PipeToDevice::endFalseLeavesTheDeviceOpen()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    socket.pipe(&buffer, false);
    QVERIFY(peer.write("piped"));
    peer.close();
    WAIT_FOR(socket.isDestroyed());
    buffer.write(" by hand");
    QCOMPARE(buffer.data(), QByteArray("piped by hand"));
}

void tst_PipeToDevice::aSlowDeviceHoldsTheSocketBack()
{
    const QByteArray content = pattern(8'000'000);
    Socket socket;
    RawPeer peer = connectPeer(socket);
    Sluice sluice(1 << 30);
    socket.pipe(&sluice);
    qsizetype sent = 0;
    WAIT_FOR(({
        const qsizetype count = peer.writeSome(content.mid(sent, 100'000));
        sent += qMax<qsizetype>(0, count);
        socket.isPaused() && (count < 0 || sent == content.size());
    }));
    test::settle();
    QVERIFY(sluice.bytesToWrite() < 1'000'000);
    QVERIFY(sent < content.size());
    const auto pump = [&] {
        sluice.let(50'000);
        sent += qMax<qsizetype>(0, peer.writeSome(content.mid(sent, 100'000)));
        return sent == content.size();
    };
    WAIT_FOR(pump());
    peer.close();
    WAIT_FOR((sluice.let(50'000), sluice.passed.size() + sluice.bytesToWrite() == sent));
    sluice.let(1 << 30);
    WAIT_FOR(!sluice.isOpen());
    QVERIFY(sluice.passed == content);
}

void tst_PipeToDevice::aDeviceMayTakeLessThanItIsOffered()
{
    const QByteArray content = pattern(20'000);
    Socket socket;
    RawPeer peer = connectPeer(socket);
    Sluice sluice(7);
    socket.pipe(&sluice);
    QVERIFY(peer.write(content));
    peer.close();
    WAIT_FOR((sluice.let(1 << 20), !sluice.isOpen()));
    sluice.let(1 << 20);
    QVERIFY(sluice.passed == content);
}

void tst_PipeToDevice::theRestReachesTheDeviceAfterTheSourceIsGone()
{
    // Takes nothing more until it is told to: the socket has long closed and deleted itself by then.
    class Stubborn : public Sluice
    {
    public:
        Stubborn() : Sluice(1 << 30) {}
        bool closed = true;
        qint64 writeData(const char *data, qint64 size) override { return closed ? 0 : Sluice::writeData(data, size); }
    };
    Stubborn device;
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    pair.accepted->pipe(&device);
    pair.client.end("the rest");
    WAIT_FOR(!pair.accepted);
    QVERIFY(device.isOpen());
    device.closed = false;
    device.let(0);
    QVERIFY(!device.isOpen());
    device.let(100);
    QCOMPARE(device.passed, QByteArray("the rest"));
}

void tst_PipeToDevice::aBrokenDeviceIsTold()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    Sluice sluice(1 << 30);
    net::Error told;
    QIODevice *whose = nullptr;
    connect(&socket, &Socket::pipeFailed, this, [&](QIODevice *device, const net::Error &error) {
        whose = device;
        told = error;
    });
    socket.pipe(&sluice);
    sluice.broken = true;
    QVERIFY(peer.write("lost"));
    WAIT_FOR(told);
    QCOMPARE(told.code(), u"EIO"_s);
    QCOMPARE(told.message(), u"the sluice is broken"_s);
    QCOMPARE(whose, &sluice);
    QVERIFY(socket.isPaused());
    QVERIFY(!socket.isDestroyed());
    QVERIFY(peer.write("kept"));
    WAIT_FOR(socket.readableLength() == 4);
}

void tst_PipeToDevice::aFullDiskIsTold()
{
    QFile full(u"/dev/full"_s);
    if (!full.open(QIODevice::WriteOnly))
        QSKIP("no /dev/full here");
    Socket socket;
    QSignalSpy failed(&socket, &Socket::pipeFailed);
    RawPeer peer = connectPeer(socket);
    socket.pipe(&full);
    QVERIFY(peer.write("fits into the file's own buffer"));
    peer.close();
    WAIT_FOR(failed.count() == 1);
    QCOMPARE(failed.first().at(1).value<net::Error>().code(), u"EIO"_s);
}

void tst_PipeToDevice::aDeviceThatIsNotOpenIsTold()
{
    Socket socket;
    QSignalSpy failed(&socket, &Socket::pipeFailed);
    RawPeer peer = connectPeer(socket);
    QBuffer closed;
    socket.pipe(&closed);
    QCOMPARE(failed.count(), 0);
    WAIT_FOR(failed.count() == 1);
    QVERIFY(peer.write("kept"));
    WAIT_FOR(socket.readableLength() == 4);
    net::pipe(&closed, &socket);
    QCOMPARE(failed.count(), 1);
    WAIT_FOR(failed.count() == 2);
    QVERIFY(socket.isWritable());
}

void tst_PipeToDevice::aDeviceThatClosesIsTold()
{
    Socket socket;
    QSignalSpy failed(&socket, &Socket::pipeFailed);
    RawPeer peer = connectPeer(socket);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    socket.pipe(&buffer);
    buffer.close();
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.first().at(1).value<net::Error>().code(), u"ERR_STREAM_PREMATURE_CLOSE"_s);
    QVERIFY(socket.isPaused());
}

void tst_PipeToDevice::aDeviceThatIsDeletedIsTold()
{
    Socket socket;
    QSignalSpy failed(&socket, &Socket::pipeFailed);
    RawPeer peer = connectPeer(socket);
    auto sluice = std::make_unique<Sluice>(1 << 30);
    socket.pipe(sluice.get());
    QVERIFY(peer.write("some"));
    WAIT_FOR(sluice->bytesToWrite() == 4);
    sluice.reset();
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.first().at(0).value<QIODevice *>(), nullptr);
    QVERIFY(peer.write("kept"));
    WAIT_FOR(socket.readableLength() == 4);
}

void tst_PipeToDevice::unpipeLeavesTheDeviceAlone()
{
    Socket socket;
    QSignalSpy failed(&socket, &Socket::pipeFailed);
    RawPeer peer = connectPeer(socket);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    socket.pipe(&buffer);
    QVERIFY(peer.write("piped"));
    WAIT_FOR(buffer.size() == 5);
    socket.unpipe(&buffer);
    QVERIFY(peer.write("kept"));
    WAIT_FOR(socket.readableLength() == 4);
    buffer.close();
    test::settle();
    QCOMPARE(failed.count(), 0);
    QCOMPARE(buffer.data(), QByteArray("piped"));
}

void tst_PipeToDevice::aProcessReadsToTheEnd()
{
    const QByteArray content = pattern(1'000'000);
    ConnectedPair pair({.allowHalfOpen = true});
    QVERIFY(pair.accepted);
    QProcess cat;
    cat.start(u"cat"_s, {});
    QVERIFY(cat.waitForStarted());
    // Through the process and back to where it came from.
    pair.accepted->pipe(&cat);
    net::pipe(&cat, pair.accepted);
    EventLog log(&pair.client);
    pair.client.end(content);
    WAIT_FOR(log.contains(u"closed"_s));
    QVERIFY(log.bytes() == content);
    WAIT_FOR(cat.state() == QProcess::NotRunning);
    QCOMPARE(cat.exitCode(), 0);
}

QTEST_GUILESS_MAIN(tst_PipeToDevice)
#include "tst_pipetodevice.moc"
