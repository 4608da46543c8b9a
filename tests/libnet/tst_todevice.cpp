#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <QDataStream>
#include <QTextStream>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using net::Socket;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// A socket as a QIODevice: what Qt's readers and writers expect of one.
class tst_ToDevice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itIsOneSequentialDevice();
    void bytesAreReadAndWritten();
    void linesComeWhole();
    void aDataStreamRollsBackUntilAllIsThere();
    void aBlockMayBeLargerThanTheMark();
    void aTextStreamNeverSplitsACharacter();
    void anXmlReaderWaitsForMore();
    void peekAndUngetLeaveTheBytes();
    void whatCameBeforeIsThereToo();
    void aLimitHoldsThePeerBack();
    void writtenBytesAreTold();
    void readOfMoreThanTheMarkArrives();

private:
    RawListener m_listener;
    RawPeer connectPeer(Socket &socket);
};

RawPeer tst_ToDevice::connectPeer(Socket &socket)
{
    socket.connectTo(m_listener.port(), u"127.0.0.1"_s);
    RawPeer peer = m_listener.accept();
    test::waitFor([&] { return !socket.isPending(); });
    return peer;
}

void tst_ToDevice::itIsOneSequentialDevice()
{
    Socket socket;
    QIODevice *device = socket.toDevice();
    QCOMPARE(socket.toDevice(), device);
    QCOMPARE(device->parent(), &socket);
    QVERIFY(device->isSequential());
    QVERIFY(device->isOpen());
    QVERIFY(device->isReadable() && device->isWritable());
    QVERIFY(device->atEnd());
    QCOMPARE(device->bytesAvailable(), 0);
    QCOMPARE(device->bytesToWrite(), 0);
}

void tst_ToDevice::bytesAreReadAndWritten()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QIODevice *device = socket.toDevice();
    QSignalSpy ready(device, &QIODevice::readyRead);
    QVERIFY(peer.write("question"));
    WAIT_FOR(device->bytesAvailable() == 8);
    QVERIFY(ready.count() > 0);
    QVERIFY(!device->atEnd());
    QCOMPARE(device->read(5), QByteArray("quest"));
    QCOMPARE(device->readAll(), QByteArray("ion"));
    QVERIFY(device->atEnd());
    QCOMPARE(device->write("answer"), 6);
    QCOMPARE(peer.read(6), QByteArray("answer"));
}

void tst_ToDevice::linesComeWhole()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QIODevice *device = socket.toDevice();
    QVERIFY(peer.write("one\ntw"));
    WAIT_FOR(device->bytesAvailable() == 6);
    QVERIFY(device->canReadLine());
    QCOMPARE(device->readLine(), QByteArray("one\n"));
    QVERIFY(!device->canReadLine());
    QVERIFY(peer.write("o\nthree"));
    WAIT_FOR(device->canReadLine());
    QCOMPARE(device->readLine(), QByteArray("two\n"));
    peer.close();
    WAIT_FOR(device->bytesAvailable() == 5 && socket.readableEnded());
    QCOMPARE(device->readLine(), QByteArray("three"));
}

void tst_ToDevice::aDataStreamRollsBackUntilAllIsThere()
{
    QByteArray message;
    QDataStream(&message, QIODevice::WriteOnly) << quint32(42) << u"größer"_s << QVariantMap{{u"a"_s, 1}};
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QDataStream stream(socket.toDevice());
    quint32 number = 0;
    QString text;
    QVariantMap map;
    int tries = 0;
    bool complete = false;
    connect(stream.device(), &QIODevice::readyRead, this, [&] {
        ++tries;
        stream.startTransaction();
        stream >> number >> text >> map;
        complete = stream.commitTransaction();
    });
    for (const char byte : message) {
        QVERIFY(peer.write(QByteArray(1, byte)));
        test::settle();
    }
    WAIT_FOR(complete);
    QVERIFY(tries > 1);
    QCOMPARE(number, 42u);
    QCOMPARE(text, u"größer"_s);
    QCOMPARE(map.value(u"a"_s), 1);
    stream << quint16(0x0102);
    QCOMPARE(peer.read(2), QByteArray("\x01\x02"));
}

void tst_ToDevice::aBlockMayBeLargerThanTheMark()
{
    // "Wait until so many bytes are there" is how many protocols are read; a bound would be a dead end.
    const QByteArray block(1'000'000, 'b');
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QIODevice *device = socket.toDevice();
    QVERIFY(peer.write(block));
    WAIT_FOR(device->bytesAvailable() == block.size());
    QVERIFY(device->readAll() == block);
}

void tst_ToDevice::aTextStreamNeverSplitsACharacter()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QIODevice *device = socket.toDevice();
    QTextStream stream(device);
    QString text;
    connect(device, &QIODevice::readyRead, this, [&] {
        while (device->canReadLine())
            text += stream.readLine() + u'|';
    });
    for (const char byte : QByteArray("grö\xC3\x9F"
                                      "e\n\xE6\x9C\xA8\n")) {
        QVERIFY(peer.write(QByteArray(1, byte)));
        test::settle();
    }
    WAIT_FOR(text.count(u'|') == 2);
    QCOMPARE(text, u"größe|木|"_s);
    stream << u"grün"_s << Qt::flush;
    QCOMPARE(peer.read(5), "grün");
}

void tst_ToDevice::anXmlReaderWaitsForMore()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QXmlStreamReader reader(socket.toDevice());
    QStringList elements;
    const auto parse = [&] {
        while (!reader.atEnd()) {
            if (reader.readNext() == QXmlStreamReader::StartElement)
                elements.append(reader.name().toString());
            if (reader.error() == QXmlStreamReader::PrematureEndOfDocumentError)
                break; // goes on with the next bytes
        }
    };
    connect(reader.device(), &QIODevice::readyRead, this, parse);
    for (const char *piece : {"<a><b/", "><c x='1", "'/></a>"}) {
        QVERIFY(peer.write(piece));
        test::settle();
    }
    WAIT_FOR(elements.size() == 3);
    QCOMPARE(elements, QStringList({u"a"_s, u"b"_s, u"c"_s}));
}

void tst_ToDevice::peekAndUngetLeaveTheBytes()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QIODevice *device = socket.toDevice();
    QVERIFY(peer.write("abcdef"));
    WAIT_FOR(device->bytesAvailable() == 6);
    QCOMPARE(device->peek(3), QByteArray("abc"));
    QCOMPARE(device->bytesAvailable(), 6);
    char byte = 0;
    QVERIFY(device->getChar(&byte));
    device->ungetChar('z');
    QCOMPARE(device->readAll(), QByteArray("zbcdef"));
}

void tst_ToDevice::whatCameBeforeIsThereToo()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QVERIFY(peer.write("early"));
    WAIT_FOR(socket.readableLength() == 5);
    QIODevice *device = socket.toDevice();
    WAIT_FOR(device->bytesAvailable() == 5);
    QCOMPARE(device->readAll(), QByteArray("early"));
}

void tst_ToDevice::aLimitHoldsThePeerBack()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QIODevice *device = socket.toDevice(1000);
    const QByteArray content(200'000, 'c');
    qsizetype whole = 50'000'000; // more than the kernel keeps
    qsizetype sent = 0;
    const auto fill = [&] {
        const qsizetype count = peer.writeSome(content.first(qMin(content.size(), whole - sent)));
        sent += qMax<qsizetype>(0, count);
        return count < 0;
    };
    WAIT_FOR(fill());
    test::settle();
    QVERIFY(device->bytesAvailable() <= 1000);
    QVERIFY(socket.readableLength() < 1'000'000);
    QVERIFY(sent < whole);
    whole = sent + 500'000;
    qsizetype received = 0;
    int signalled = 0;
    connect(device, &QIODevice::readyRead, this, [&] { ++signalled; });
    WAIT_FOR((fill(), received += device->readAll().size(), sent == whole));
    peer.close();
    WAIT_FOR((received += device->readAll().size(), socket.readableEnded()));
    received += device->readAll().size();
    QCOMPARE(received, whole);
    QVERIFY(signalled > 1);
}

void tst_ToDevice::writtenBytesAreTold()
{
    Socket socket;
    RawPeer peer = connectPeer(socket);
    QIODevice *device = socket.toDevice();
    qint64 written = 0;
    connect(device, &QIODevice::bytesWritten, this, [&](qint64 count) { written += count; });
    device->write("abc");
    QCOMPARE(written, 0);
    device->write(QByteArray(5'000'000, 'x'));
    qsizetype read = 0;
    WAIT_FOR((read += peer.readSome(1 << 20).size(), written == 5'000'003));
    QCOMPARE(device->bytesToWrite(), 0);
}

void tst_ToDevice::readOfMoreThanTheMarkArrives()
{
    // Asking for more than the mark raises it, as in Node; else these bytes would never be there together.
    Socket socket({.highWaterMark = 1000});
    RawPeer peer = connectPeer(socket);
    QByteArray got;
    connect(&socket, &Socket::readyRead, this, [&] { got += socket.read(300'000); });
    QVERIFY(peer.write(QByteArray(300'000, 'x')));
    WAIT_FOR(got.size() == 300'000);
    QCOMPARE(socket.readableHighWaterMark(), 524'288);
}

QTEST_GUILESS_MAIN(tst_ToDevice)
#include "tst_todevice.moc"
