#include "tests/support/connectedpair.h"
#include "tests/support/rawpeer.h"
#include "tests/support/waiting.h"

#include <libnet/net.h>

#include <QTemporaryFile>

#include <csignal>

using namespace Qt::StringLiterals;
using net::Socket;
using test::ConnectedPair;
using test::RawListener;
using test::RawPeer;

/// A file that is piped to a socket is sent by the kernel where that is possible, and nobody can tell but by the cost.
class tst_SendFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void allOfAFileArrivesOverBothKinds_data();
    void allOfAFileArrivesOverBothKinds();
    void aFileIsSentFromWhereItStands();
    void whatWasJustWrittenIsSent();
    void whatQtChangesIsSentAsChanged();
    void aDerivedFileGivesItsOwnBytes();
    void whatIsWrittenInBetweenKeepsItsPlace();
    void aSlowReaderHoldsAFileBack();
    void aFileMayShrinkOnTheWay();
    void aFileMayGrowOnTheWay();
    void aReaderWhoRestsIsTimedOut();
    void aReaderWhoIsGoneIsAnErrorAndNoSignal_data();
    void aReaderWhoIsGoneIsAnErrorAndNoSignal();

private:
    struct Line
    {
        Socket socket;
        RawPeer peer;
    };
    std::unique_ptr<Line> connectLine(bool local = false);
    std::unique_ptr<QTemporaryFile> file(qsizetype size);
    QByteArray content(qsizetype size);

    QTemporaryDir m_folder;
    RawListener m_tcp;
    RawListener m_local{m_folder.filePath(u"s"_s)};
};

QByteArray tst_SendFile::content(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i ^ (i >> 8) ^ (i >> 16));
    return bytes;
}

std::unique_ptr<tst_SendFile::Line> tst_SendFile::connectLine(bool local)
{
    auto line = std::make_unique<Line>();
    if (local)
        line->socket.connectTo(m_folder.filePath(u"s"_s));
    else
        line->socket.connectTo(m_tcp.port(), u"127.0.0.1"_s);
    line->peer = (local ? m_local : m_tcp).accept();
    test::waitFor([&] { return !line->socket.isPending(); });
    return line;
}

std::unique_ptr<QTemporaryFile> tst_SendFile::file(qsizetype size)
{
    auto file = std::make_unique<QTemporaryFile>();
    if (file->open()) {
        file->write(content(size));
        file->seek(0);
    }
    return file;
}

void tst_SendFile::allOfAFileArrivesOverBothKinds_data()
{
    QTest::addColumn<bool>("local");
    QTest::addColumn<int>("size");
    for (const bool local : {false, true}) {
        for (const int size : {0, 1, 65'536, 7'000'001})
            QTest::addRow("%s %d", local ? "local" : "tcp", size) << local << size;
    }
}

void tst_SendFile::allOfAFileArrivesOverBothKinds()
{
    QFETCH(bool, local);
    QFETCH(int, size);
    const auto source = file(size);
    const auto line = connectLine(local);
    QSignalSpy unpiped(&line->socket, &Socket::unpiped);
    net::pipe(source.get(), &line->socket);
    QVERIFY(line->peer.readToEnd() == content(size));
    QCOMPARE(line->socket.bytesWritten(), size);
    QCOMPARE(source->pos(), size);
    WAIT_FOR(unpiped.count() == 1);
    QVERIFY(source->isOpen());
}

void tst_SendFile::aFileIsSentFromWhereItStands()
{
    const auto source = file(200'000);
    QCOMPARE(source->read(1000).size(), 1000); // Qt has read more of it than that
    const auto line = connectLine();
    net::pipe(source.get(), &line->socket, false);
    QVERIFY(line->peer.read(199'000) == content(200'000).mid(1000));
    // It goes on where it is put, piped again.
    WAIT_FOR(source->pos() == 200'000);
    test::settle();
    source->seek(150'000);
    net::pipe(source.get(), &line->socket);
    QVERIFY(line->peer.readToEnd() == content(200'000).mid(150'000));
}

void tst_SendFile::whatWasJustWrittenIsSent()
{
    QFile source(m_folder.filePath(u"fresh"_s));
    QVERIFY(source.open(QIODevice::ReadWrite | QIODevice::Truncate));
    const auto line = connectLine();
    source.write("first, in Qt's memory only");
    source.seek(0);
    source.write("FIRST");
    source.seek(0);
    net::pipe(&source, &line->socket);
    QCOMPARE(line->peer.readToEnd(), QByteArray("FIRST, in Qt's memory only"));
}

void tst_SendFile::whatQtChangesIsSentAsChanged()
{
    QFile source(m_folder.filePath(u"lines"_s));
    QVERIFY(source.open(QIODevice::WriteOnly));
    source.write("one\r\ntwo\r\n");
    source.close();
    QVERIFY(source.open(QIODevice::ReadOnly | QIODevice::Text));
    const auto line = connectLine();
    net::pipe(&source, &line->socket);
    QCOMPARE(line->peer.readToEnd(), QByteArray("one\ntwo\n"));
}

void tst_SendFile::aDerivedFileGivesItsOwnBytes()
{
    class Loud : public QFile
    {
    public:
        using QFile::QFile;

    private:
        qint64 readData(char *data, qint64 size) override
        {
            const qint64 count = QFile::readData(data, size);
            std::transform(data, data + qMax<qint64>(0, count), data, ::toupper);
            return count;
        }
    };
    QFile plain(m_folder.filePath(u"quiet"_s));
    QVERIFY(plain.open(QIODevice::WriteOnly));
    plain.write("words");
    plain.close();
    Loud loud(plain.fileName());
    QVERIFY(loud.open(QIODevice::ReadOnly));
    const auto line = connectLine();
    net::pipe(&loud, &line->socket);
    QCOMPARE(line->peer.readToEnd(), QByteArray("WORDS"));
}

void tst_SendFile::whatIsWrittenInBetweenKeepsItsPlace()
{
    const auto source = file(300'000);
    const auto line = connectLine();
    line->socket.write("before");
    net::pipe(source.get(), &line->socket, false);
    WAIT_FOR(source->pos() == 300'000);
    line->socket.end("after");
    QVERIFY(line->peer.readToEnd() == "before" + content(300'000) + "after");
}

void tst_SendFile::aSlowReaderHoldsAFileBack()
{
    constexpr qsizetype Size = 40'000'000;
    const auto source = file(Size);
    const auto line = connectLine();
    net::pipe(source.get(), &line->socket);
    WAIT_FOR(line->socket.writableNeedDrain());
    test::settle();
    QVERIFY(source->pos() < Size);
    QVERIFY(line->socket.writableLength() < 200'000);
    QVERIFY(line->peer.readToEnd() == content(Size));
    QCOMPARE(line->socket.bytesWritten(), Size);
}

void tst_SendFile::aFileMayShrinkOnTheWay()
{
    constexpr qsizetype Left = 20'000'000;
    const auto source = file(2 * Left);
    const auto line = connectLine();
    net::pipe(source.get(), &line->socket);
    WAIT_FOR(line->socket.writableNeedDrain());
    QVERIFY(source->pos() < Left);
    QVERIFY(QFile::resize(source->fileName(), Left));
    QVERIFY(line->peer.readToEnd() == content(Left));
}

void tst_SendFile::aFileMayGrowOnTheWay()
{
    constexpr qsizetype Size = 40'000'000;
    const auto source = file(Size);
    const auto line = connectLine();
    net::pipe(source.get(), &line->socket);
    WAIT_FOR(line->socket.writableNeedDrain());
    QFile more(source->fileName());
    QVERIFY(more.open(QIODevice::Append));
    more.write("and more");
    more.close();
    QVERIFY(line->peer.readToEnd() == content(Size) + "and more");
}

void tst_SendFile::aReaderWhoRestsIsTimedOut()
{
    const auto source = file(40'000'000);
    const auto line = connectLine();
    QSignalSpy timedOut(&line->socket, &Socket::timedOut);
    line->socket.setTimeout(50);
    net::pipe(source.get(), &line->socket);
    WAIT_FOR(timedOut.count() > 0);
    QVERIFY(line->socket.writableNeedDrain());
    line->socket.destroy();
}

void tst_SendFile::aReaderWhoIsGoneIsAnErrorAndNoSignal_data()
{
    QTest::addColumn<bool>("fromSocket");
    QTest::newRow("a file") << false;
    QTest::newRow("a socket") << true;
}

void tst_SendFile::aReaderWhoIsGoneIsAnErrorAndNoSignal()
{
    QFETCH(bool, fromSocket);
    static std::atomic<int> signalled = 0;
    signalled = 0;
    const auto before = std::signal(SIGPIPE, [](int) { ++signalled; });
    {
        const auto source = file(40'000'000);
        ConnectedPair feeder; // what is piped on from a socket
        QVERIFY(feeder.accepted);
        const auto line = connectLine(true);
        QSignalSpy errors(&line->socket, &Socket::errorOccurred);
        if (fromSocket) {
            feeder.accepted->pipe(&line->socket);
            net::pipe(source.get(), &feeder.client);
        } else {
            net::pipe(source.get(), &line->socket);
        }
        WAIT_FOR(line->socket.writableNeedDrain());
        QVERIFY(line->peer.read(300'000).size() == 300'000);
        line->peer.close();
        WAIT_FOR(line->socket.isDestroyed());
        QCOMPARE(errors.count(), 1);
        test::settle();
    }
    std::signal(SIGPIPE, before);
    QCOMPARE(signalled.load(), 0);
}

QTEST_GUILESS_MAIN(tst_SendFile)
#include "tst_sendfile.moc"
