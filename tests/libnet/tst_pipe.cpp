#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

using namespace Qt::StringLiterals;
using net::Socket;
using test::ConnectedPair;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// What a source reads, a destination writes; and nothing is lost or piles up between them.
class tst_Pipe : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anEchoGivesEverythingBack();
    void theDestinationEndsWithTheSource();
    void endFalseKeepsItOpen();
    void aSlowDestinationHoldsTheSourceBack();
    void aLongStreamArrivesWholeWhileItsReaderRests();
    void aDestinationThatResetsInMidStreamPausesTheSource();
    void theSlowestOfTwoDestinationsDecides();
    void everyDestinationGetsEverything();
    void unpipeStopsAndPauses();
    void unpipeOfOneLeavesTheOthers();
    void aDestinationThatDiesPausesTheSource_data();
    void aDestinationThatDiesPausesTheSource();
    void aSourceThatDiesLeavesTheDestinationOpen();
    void aDestinationThatIsJammedAlreadyIsWaitedFor();
    void textIsPipedToo();

private:
    RawListener m_listener;
    RawPeer connectPeer(Socket &socket);
};

// Connects a socket with a raw peer.
RawPeer tst_Pipe::connectPeer(Socket &socket)
{
    socket.connectTo(m_listener.port(), u"127.0.0.1"_s);
    RawPeer peer = m_listener.accept();
    test::waitFor([&] { return !socket.isPending(); });
    return peer;
}

void tst_Pipe::anEchoGivesEverythingBack()
{
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    pair.accepted->pipe(pair.accepted);
    EventLog log(&pair.client);
    QByteArray sent;
    for (int i = 0; i < 64; ++i)
        sent += QByteArray(100'000, char('0' + i));
    pair.client.end(sent);
    WAIT_FOR(log.contains(u"closed"_s));
    QVERIFY(log.bytes() == sent);
}

void tst_Pipe::theDestinationEndsWithTheSource()
{
    Socket source;
    Socket destination;
    RawPeer from = connectPeer(source);
    RawPeer to = connectPeer(destination);
    QCOMPARE(source.pipe(&destination), &destination);
    QVERIFY(from.write("through the pipe"));
    from.close();
    QCOMPARE(to.readToEnd(), QByteArray("through the pipe"));
}

void tst_Pipe::endFalseKeepsItOpen()
{
    Socket source;
    Socket destination;
    EventLog log(&source, EventLog::Story);
    RawPeer from = connectPeer(source);
    RawPeer to = connectPeer(destination);
    source.pipe(&destination, false);
    QVERIFY(from.write("piped "));
    from.close();
    COMPARE_EVENTS(log, "connected, ready, ended, finish, closed");
    QVERIFY(destination.isWritable());
    destination.end("by hand");
    QCOMPARE(to.readToEnd(), QByteArray("piped by hand"));
}

void tst_Pipe::aSlowDestinationHoldsTheSourceBack()
{
    Socket source;
    Socket destination;
    RawPeer from = connectPeer(source);
    RawPeer to = connectPeer(destination);
    source.pipe(&destination);
    // As much as goes in while nobody reads at the other end.
    const QByteArray piece(100'000, 'p');
    qint64 sent = 0;
    WAIT_FOR(({
        const qsizetype count = from.writeSome(piece);
        sent += qMax<qsizetype>(0, count);
        count < 0 && source.isPaused();
    }));
    test::settle();
    QVERIFY(destination.writableNeedDrain());
    // The mark, and at most one read beyond it.
    QVERIFY(destination.writableLength() < 1'200'000);
    QVERIFY(source.readableLength() < 1'200'000);
    qint64 received = to.read(sent / 2).size();
    WAIT_FOR(!source.isPaused() || source.bytesRead() == sent);
    from.close();
    received += to.readToEnd().size();
    QCOMPARE(received, sent);
}

// Large reads go past the signals, and back among them whenever the destination is full.
void tst_Pipe::aLongStreamArrivesWholeWhileItsReaderRests()
{
    Socket source;
    Socket destination;
    RawPeer from = connectPeer(source);
    RawPeer to = connectPeer(destination);
    source.pipe(&destination);
    QByteArray pattern(1'000'003, Qt::Uninitialized); // a prime: a lost or doubled piece shows
    for (qsizetype i = 0; i < pattern.size(); ++i)
        pattern[i] = char(i * 7 + i / 251);
    constexpr int Rounds = 8;
    const qsizetype total = Rounds * pattern.size();
    qsizetype sent = 0;
    qsizetype received = 0;
    bool same = true;
    int turn = 0;
    WAIT_FOR(({
        while (sent < total) {
            const qsizetype count = from.writeSome(pattern.mid(sent % pattern.size(), 100'000));
            if (count <= 0)
                break;
            sent += count;
        }
        // Three turns of four nothing is read.
        if (++turn % 4 == 0 && received < sent) {
            char bytes[100'000];
            const auto count = ::recv(to.descriptor(), bytes, sizeof bytes, MSG_DONTWAIT);
            for (qsizetype i = 0; i < count; ++i)
                same = same && bytes[i] == pattern.at((received + i) % pattern.size());
            received += qMax<qsizetype>(0, count);
        }
        received == total || !same;
    }));
    QVERIFY(same);
    QCOMPARE(source.bytesRead(), qint64(total));
    QCOMPARE(destination.bytesWritten(), qint64(total));
    WAIT_FOR(destination.writableLength() == 0);
    from.close();
    QCOMPARE(to.readToEnd(), QByteArray());
}

void tst_Pipe::aDestinationThatResetsInMidStreamPausesTheSource()
{
    Socket source;
    Socket destination;
    RawPeer from = connectPeer(source);
    RawPeer to = connectPeer(destination);
    source.pipe(&destination);
    QVERIFY(from.write(QByteArray(500'000, 'x')));
    WAIT_FOR(source.bytesRead() > 0);
    to.reset();
    WAIT_FOR(({
        from.writeSome(QByteArray(100'000, 'x'));
        destination.isDestroyed() && source.isPaused();
    }));
    QVERIFY(!source.isDestroyed());
}

void tst_Pipe::theSlowestOfTwoDestinationsDecides()
{
    Socket source;
    Socket slow;
    Socket fast;
    RawPeer from = connectPeer(source);
    RawPeer slowPeer = connectPeer(slow);
    RawPeer fastPeer = connectPeer(fast);
    source.pipe(&fast);
    source.pipe(&slow);
    const QByteArray piece(100'000, 'p');
    qint64 sent = 0;
    qint64 read = 0;
    // The fast one reads whatever comes; still the source has to stop for the slow one.
    WAIT_FOR(({
        const qsizetype count = from.writeSome(piece);
        sent += qMax<qsizetype>(0, count);
        read += fastPeer.readSome(1 << 20).size();
        (count < 0 && source.isPaused() && read == source.bytesRead() - source.readableLength()) ||
            slow.writableLength() > 4'000'000;
    }));
    test::settle();
    QVERIFY2(slow.writableLength() < 4'000'000, qPrintable(QString::number(slow.writableLength())));
    from.close();
    qint64 slowRead = 0;
    WAIT_FOR(({
        slowRead += slowPeer.readSome(1 << 20).size();
        read += fastPeer.readSome(1 << 20).size();
        slowPeer.sawEnd() && fastPeer.sawEnd();
    }));
    QCOMPARE(slowRead, sent);
    QCOMPARE(read, sent);
}

void tst_Pipe::everyDestinationGetsEverything()
{
    Socket source;
    Socket first;
    Socket second;
    RawPeer from = connectPeer(source);
    RawPeer firstPeer = connectPeer(first);
    RawPeer secondPeer = connectPeer(second);
    source.pipe(&first);
    source.pipe(&second);
    EventLog log(&source);
    QVERIFY(from.write("for all"));
    from.close();
    QCOMPARE(firstPeer.readToEnd(), QByteArray("for all"));
    QCOMPARE(secondPeer.readToEnd(), QByteArray("for all"));
    QCOMPARE(log.bytes(), QByteArray("for all"));
}

void tst_Pipe::unpipeStopsAndPauses()
{
    Socket source;
    Socket destination;
    RawPeer from = connectPeer(source);
    RawPeer to = connectPeer(destination);
    source.pipe(&destination);
    QVERIFY(from.write("piped"));
    QCOMPARE(to.read(5), QByteArray("piped"));
    source.unpipe(&destination);
    QVERIFY(source.isPaused());
    QVERIFY(from.write("not piped"));
    WAIT_FOR(source.readableLength() == 9);
    from.close();
    EventLog log(&source);
    source.resume();
    COMPARE_EVENTS(log, "data 9, ended, finish, closed");
    QVERIFY(destination.isWritable());
    destination.end();
    QCOMPARE(to.readToEnd(), QByteArray());
}

void tst_Pipe::unpipeOfOneLeavesTheOthers()
{
    Socket source;
    Socket first;
    Socket second;
    RawPeer from = connectPeer(source);
    RawPeer firstPeer = connectPeer(first);
    RawPeer secondPeer = connectPeer(second);
    source.pipe(&first);
    source.pipe(&second);
    source.unpipe(&first);
    QVERIFY(!source.isPaused());
    QVERIFY(from.write("second"));
    QCOMPARE(secondPeer.read(6), QByteArray("second"));
    source.pipe(&first);
    source.unpipe();
    QVERIFY(source.isPaused());
    QVERIFY(from.write("nobody"));
    WAIT_FOR(source.readableLength() == 6);
    QCOMPARE(firstPeer.readSome(), QByteArray());
    QCOMPARE(secondPeer.readSome(), QByteArray());
    source.unpipe(&second);
    Socket never;
    never.unpipe();
}

void tst_Pipe::aDestinationThatDiesPausesTheSource_data()
{
    QTest::addColumn<QString>("death");
    for (const char *death : {"destroyed", "deleted", "ended"})
        QTest::newRow(death) << QString::fromLatin1(death);
}

void tst_Pipe::aDestinationThatDiesPausesTheSource()
{
    QFETCH(QString, death);
    Socket source;
    auto destination = std::make_unique<Socket>();
    RawPeer from = connectPeer(source);
    RawPeer to = connectPeer(*destination);
    source.pipe(destination.get());
    QVERIFY(from.write("piped"));
    QCOMPARE(to.read(5), QByteArray("piped"));
    if (death == u"destroyed"_s)
        destination->destroy();
    else if (death == u"deleted"_s)
        destination.reset();
    else
        destination->end();
    WAIT_FOR(source.isPaused());
    // What comes now waits for whoever wants it, instead of flowing to nobody.
    QVERIFY(from.write("kept"));
    WAIT_FOR(source.readableLength() == 4);
    QVERIFY(!source.isDestroyed());
    EventLog log(&source);
    source.resume();
    COMPARE_EVENTS(log, "data 4");
}

void tst_Pipe::aSourceThatDiesLeavesTheDestinationOpen()
{
    Socket destination;
    RawPeer to = connectPeer(destination);
    {
        Socket source;
        RawPeer from = connectPeer(source);
        source.pipe(&destination);
        QVERIFY(from.write("some"));
        QCOMPARE(to.read(4), QByteArray("some"));
        from.reset();
        WAIT_FOR(source.isDestroyed());
    }
    test::settle();
    QVERIFY(destination.isWritable());
    Socket deleted;
    RawPeer from = connectPeer(deleted);
    {
        Socket source;
        RawPeer other = connectPeer(source);
        source.pipe(&destination);
    }
    destination.end("more");
    QCOMPARE(to.readToEnd(), QByteArray("more"));
}

void tst_Pipe::aDestinationThatIsJammedAlreadyIsWaitedFor()
{
    Socket source;
    Socket destination;
    RawPeer from = connectPeer(source);
    RawPeer to = connectPeer(destination);
    const QByteArray huge(20 * 1024 * 1024, 'h');
    QVERIFY(!destination.write(huge));
    source.pipe(&destination);
    QVERIFY(source.isPaused());
    QVERIFY(from.write("behind"));
    from.close();
    const QByteArray all = to.readToEnd();
    QVERIFY(all == huge + "behind");
}

void tst_Pipe::textIsPipedToo()
{
    Socket source;
    Socket destination;
    RawPeer from = connectPeer(source);
    RawPeer to = connectPeer(destination);
    source.setEncoding(Socket::Encoding::Hex);
    source.pipe(&destination);
    QVERIFY(from.write("\x01\xAB"));
    from.close();
    QCOMPARE(to.readToEnd(), QByteArray("01ab"));
}

QTEST_GUILESS_MAIN(tst_Pipe)
#include "tst_pipe.moc"
