#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

using namespace Qt::StringLiterals;
using net::Error;
using net::Socket;
using test::ConnectedPair;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

// More than the kernel takes on loopback for a peer that does not read.
static const QByteArray Huge(32 * 1024 * 1024, 'h');

/// What write() promises: bytes, callbacks and their order, and what it says when it can't.
class tst_Writing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theFirstOfATurnGoesOutAtOnceTheRestTogether();
    void callbacksRunInOrderAndNeverInsideTheCall();
    void callbacksOfEmptyWritesHaveTheirTurn();
    void callbacksRunWhenTheirBytesHaveLeft();
    void callbacksMayTakeNothing();
    void callbacksDieWithTheirContext();
    void beforeConnectingEverythingIsQueued();
    void insideEndedIsStillPossible();
    void destroyDeliversWhatWasWritten();
    void deletingDeliversWhatWasWritten();
    void theEndOfTheThreadDeliversWhatWasWritten();
    void borrowedMemoryMayGoAfterTheCall_data();
    void borrowedMemoryMayGoAfterTheCall();
    void textGoesOutInItsEncoding_data();
    void textGoesOutInItsEncoding();
};

void tst_Writing::theFirstOfATurnGoesOutAtOnceTheRestTogether()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    RawPeer peer = listener.accept();
    QVERIFY(socket.write("first "));
    QVERIFY(socket.write("second "));
    QVERIFY(socket.write("third"));
    QCOMPARE(peer.readSome(), QByteArray("first "));
    QCOMPARE(peer.readSome(), QByteArray());
    test::settle();
    QCOMPARE(peer.readSome(), QByteArray("second third"));
    QCOMPARE(socket.bytesWritten(), 18);
}

void tst_Writing::callbacksRunInOrderAndNeverInsideTheCall()
{
    constexpr int Writes = 100'000;
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    qint64 received = 0;
    connect(pair.accepted, &Socket::data, this, [&](const QByteArray &bytes) { received += bytes.size(); });
    int next = 0;
    bool ordered = true;
    for (int i = 0; i < Writes; ++i) {
        const int before = next;
        pair.client.write(QByteArray(1 + i % 7, 'x'), this, [&next, &ordered, i](const Error &error) {
            ordered = ordered && !error && next == i;
            ++next;
        });
        QCOMPARE(next, before);
    }
    WAIT_FOR(next == Writes || !ordered);
    QVERIFY(ordered);
    WAIT_FOR(received == pair.client.bytesWritten());
    QCOMPARE(next, Writes);
}

void tst_Writing::callbacksOfEmptyWritesHaveTheirTurn()
{
    ConnectedPair pair;
    EventLog log;
    pair.client.write(QByteArray(), this, log.noting(u"empty"_s));
    pair.client.write("a", this, log.noting(u"a"_s));
    pair.client.write("", this, log.noting(u"empty"_s));
    pair.client.write("b", this, log.noting(u"b"_s));
    QCOMPARE(log.text(), QString());
    COMPARE_EVENTS(log, "empty, a, empty, b");
}

void tst_Writing::callbacksRunWhenTheirBytesHaveLeft()
{
    RawListener listener;
    Socket socket;
    EventLog story(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    COMPARE_EVENTS(story, "connected, ready");
    EventLog log;
    socket.write("small", this, log.noting(u"small"_s));
    socket.write(Huge, this, log.noting(u"huge"_s));
    socket.write("last", this, log.noting(u"last"_s));
    // The peer reads nothing: only what went before the jam has left.
    COMPARE_EVENTS(log, "small");
    QVERIFY(socket.writableLength() > 0);
    const QByteArray all = peer.read(5 + Huge.size() + 4);
    QVERIFY(all == "small" + Huge + "last");
    COMPARE_EVENTS(log, "small, huge, last");
}

void tst_Writing::callbacksMayTakeNothing()
{
    ConnectedPair pair;
    bool called = false;
    pair.client.write("a", this, [&called] { called = true; });
    WAIT_FOR(called);
}

void tst_Writing::callbacksDieWithTheirContext()
{
    ConnectedPair pair;
    EventLog log;
    auto context = std::make_unique<QObject>();
    pair.client.write("a", this, log.noting(u"first"_s));
    pair.client.write("b", context.get(), log.noting(u"gone"_s));
    pair.client.write("c", this, log.noting(u"third"_s));
    context.reset();
    COMPARE_EVENTS(log, "first, third");
}

void tst_Writing::beforeConnectingEverythingIsQueued()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    QVERIFY(socket.write("one ", this, log.noting(u"written"_s)));
    QVERIFY(socket.write("two"));
    QCOMPARE(socket.bytesWritten(), 7);
    QCOMPARE(socket.writableLength(), 7);
    COMPARE_EVENTS(log, "connected, written, ready");
    QCOMPARE(socket.writableLength(), 0);
    RawPeer peer = listener.accept();
    QCOMPARE(peer.read(7), QByteArray("one two"));
}

void tst_Writing::insideEndedIsStillPossible()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    connect(&socket, &Socket::ended, this, [&] {
        QVERIFY(socket.isWritable());
        QVERIFY(socket.write("goodbye", this, log.noting(u"written"_s)));
    });
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    peer.shutdownWrite();
    QCOMPARE(peer.readToEnd(), QByteArray("goodbye"));
    COMPARE_EVENTS(log, "connected, ready, ended, written, finish, closed");
}

void tst_Writing::destroyDeliversWhatWasWritten()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    RawPeer peer = listener.accept();
    for (int i = 0; i < 10; ++i)
        socket.write(QByteArray::number(i), this, log.noting(QString::number(i)));
    socket.destroy();
    QCOMPARE(peer.readToEnd(), QByteArray("0123456789"));
    COMPARE_EVENTS(log, "connected, ready, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, closed");
}

void tst_Writing::deletingDeliversWhatWasWritten()
{
    RawListener listener;
    auto socket = std::make_unique<Socket>();
    EventLog log(socket.get());
    socket->connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    RawPeer peer = listener.accept();
    socket->write("first ");
    socket->write("second ");
    socket->write("third");
    socket.reset();
    QCOMPARE(peer.readToEnd(), QByteArray("first second third"));
}

void tst_Writing::theEndOfTheThreadDeliversWhatWasWritten()
{
    RawListener listener;
    QPointer<Socket> left;
    bool told = false;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        left = new Socket;
        QEventLoop loop;
        connect(left, &Socket::ready, &loop, &QEventLoop::quit);
        left->connectTo(listener.port(), u"127.0.0.1"_s);
        loop.exec();
        left->write("first ");
        left->write("second ");
        left->write("third", left, [&](const Error &) { told = true; });
    }));
    thread->start();
    RawPeer peer = listener.accept();
    QVERIFY(thread->wait(test::LongestWait));
    QCOMPARE(peer.read(18), QByteArray("first second third"));
    QVERIFY(!told);
    delete left;
}

void tst_Writing::borrowedMemoryMayGoAfterTheCall_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("jammed");
    for (const int size : {10, 4096, 20'000, 200'000}) {
        QTest::addRow("%d first", size) << size << false;
        QTest::addRow("%d behind a jam", size) << size << true;
    }
}

void tst_Writing::borrowedMemoryMayGoAfterTheCall()
{
    QFETCH(int, size);
    QFETCH(bool, jammed);
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    RawPeer peer = listener.accept();
    const QByteArray before = jammed ? Huge : QByteArray("x");
    socket.write(before);
    std::vector<char> memory(size_t(size), 'm');
    socket.write(QByteArray::fromRawData(memory.data(), size));
    socket.write(QByteArray::fromRawData(memory.data(), size));
    std::fill(memory.begin(), memory.end(), '!');
    memory = {};
    QVERIFY(peer.read(before.size()) == before);
    QVERIFY(peer.read(2 * size) == QByteArray(2 * size, 'm'));
}

void tst_Writing::textGoesOutInItsEncoding_data()
{
    QTest::addColumn<Socket::Encoding>("encoding");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("bytes");
    using Encoding = Socket::Encoding;
    QTest::newRow("none is utf8") << Encoding::None << u"€"_s << QByteArray("\xE2\x82\xAC");
    QTest::newRow("utf8") << Encoding::Utf8 << u"a€😀"_s << QByteArray("a\xE2\x82\xAC\xF0\x9F\x98\x80");
    QTest::newRow("utf16le") << Encoding::Utf16le << u"a€"_s << QByteArray("a\0\xAC\x20", 4);
    QTest::newRow("latin1") << Encoding::Latin1 << u"aä€"_s << QByteArray("a\xE4\xAC");
    QTest::newRow("ascii") << Encoding::Ascii << u"aä"_s << QByteArray("a\xE4");
    QTest::newRow("hex") << Encoding::Hex << u"00fF7g11"_s << QByteArray("\0\xFF", 2);
    QTest::newRow("base64") << Encoding::Base64 << u"aGVsbG8="_s << QByteArray("hello");
    QTest::newRow("base64 in the other alphabet") << Encoding::Base64 << u"_-8"_s << QByteArray("\xFF\xEF");
    QTest::newRow("base64url") << Encoding::Base64url << u"_-8"_s << QByteArray("\xFF\xEF");
}

void tst_Writing::textGoesOutInItsEncoding()
{
    QFETCH(Socket::Encoding, encoding);
    QFETCH(QString, text);
    QFETCH(QByteArray, bytes);
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    EventLog log(pair.accepted);
    QVERIFY(pair.client.write(text, encoding));
    pair.client.end();
    WAIT_FOR(log.contains(u"ended"_s));
    QCOMPARE(log.bytes(), bytes);
}

QTEST_GUILESS_MAIN(tst_Writing)
#include "tst_writing.moc"
