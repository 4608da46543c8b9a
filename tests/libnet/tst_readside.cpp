#include "tests/support/waiting.h"

#include "libnet/stream/readside.h"
#include "libnet/transport/readbuffer.h"

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using net::ReadBuffer;
using net::ReadSide;

/// What was read and waits, and the memory it is read into.
class tst_ReadSide : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void untouchedItFillsUpToTheMark();
    void flowingItAlwaysWantsMore();
    void anEndedOneWantsNothing();
    void chunksComeBackAsTheyWere();
    void aCountCrossesChunks();
    void whatIsPutBackComesFirst();
    void aLargeLoanIsNotKeptForALittle();
    void resetKeepsThePauseAndTheMark();

    void littleIsCopiedMuchIsLent();
    void aLoanIsAligned();
    void aReturnedBlockIsUsedAgain();
    void aKeptBlockIsNot();
    void aNestedReadHasItsOwnBlock();
    void fullReadsMakeItGrow();
    void nothingThereIsToldAsSuch();

private:
    /// A pipe with \a size bytes in it; the reading end.
    static net::Descriptor filled(qsizetype size, char value = 'x');
};

void tst_ReadSide::untouchedItFillsUpToTheMark()
{
    ReadSide side(10);
    QCOMPARE(side.flow(), ReadSide::Flow::Untouched);
    QVERIFY(side.wantsMore());
    side.push("123456789");
    QVERIFY(side.wantsMore());
    side.push("0");
    QVERIFY(!side.wantsMore());
    QCOMPARE(side.length(), 10);
    side.take();
    QVERIFY(side.wantsMore());
    side.setFlow(ReadSide::Flow::Paused);
    side.push("1234567890");
    QVERIFY(!side.wantsMore());
}

void tst_ReadSide::flowingItAlwaysWantsMore()
{
    ReadSide side(1);
    side.setFlow(ReadSide::Flow::Flowing);
    side.push("more than one");
    QVERIFY(side.isFlowing());
    QVERIFY(side.wantsMore());
}

void tst_ReadSide::anEndedOneWantsNothing()
{
    ReadSide side(10);
    side.setFlow(ReadSide::Flow::Flowing);
    side.setEnded();
    QVERIFY(!side.wantsMore());
    QVERIFY(side.ended());
    QVERIFY(!side.endEmitted());
}

void tst_ReadSide::chunksComeBackAsTheyWere()
{
    ReadSide side(100);
    side.push("one");
    side.push("two");
    QCOMPARE(side.take(), QByteArray("one"));
    QCOMPARE(side.take(), QByteArray("two"));
    QVERIFY(side.isEmpty());
    QCOMPARE(side.take(), QByteArray());
}

void tst_ReadSide::aCountCrossesChunks()
{
    ReadSide side(100);
    for (const char *chunk : {"abc", "de", "f", "ghij"})
        side.push(chunk);
    QCOMPARE(side.take(2), QByteArray("ab"));
    QCOMPARE(side.take(4), QByteArray("cdef"));
    QCOMPARE(side.length(), 4);
    QCOMPARE(side.take(1), QByteArray("g"));
    QCOMPARE(side.take(), QByteArray("hij"));
    QVERIFY(side.isEmpty());
}

void tst_ReadSide::whatIsPutBackComesFirst()
{
    ReadSide side(100);
    side.push("abcdef");
    QCOMPARE(side.take(3), QByteArray("abc"));
    side.unshift("bc");
    QCOMPARE(side.length(), 5);
    QCOMPARE(side.take(4), QByteArray("bcde"));
    QCOMPARE(side.take(), QByteArray("f"));
}

void tst_ReadSide::aLargeLoanIsNotKeptForALittle()
{
    ReadSide side(1 << 20);
    QByteArray block(100'000, 'b');
    block.resize(10);
    side.push(block);
    QVERIFY(side.take().capacity() < 1000);
    QByteArray full(100'000, 'f');
    const char *const memory = full.constData();
    side.push(full);
    full.clear();
    QCOMPARE(static_cast<const void *>(side.take().constData()), static_cast<const void *>(memory));
}

void tst_ReadSide::resetKeepsThePauseAndTheMark()
{
    ReadSide side(10);
    side.setFlow(ReadSide::Flow::Paused);
    side.push("abcdef");
    side.take(2);
    side.setEnded();
    side.setEndEmitted();
    side.reset();
    QVERIFY(side.isEmpty());
    QVERIFY(!side.ended() && !side.endEmitted());
    QCOMPARE(side.flow(), ReadSide::Flow::Paused);
    QCOMPARE(side.highWaterMark(), 10);
    side.push("new");
    QCOMPARE(side.take(), QByteArray("new"));
}

// ReadBuffer -------------------------------------------------------------------------------------------------

net::Descriptor tst_ReadSide::filled(qsizetype size, char value)
{
    int fds[2] = {-1, -1};
    if (::pipe2(fds, O_NONBLOCK | O_CLOEXEC) != 0)
        return net::Descriptor();
    ::fcntl(fds[1], F_SETPIPE_SZ, 1 << 20);
    const QByteArray bytes(size, value);
    const ssize_t count = ::write(fds[1], bytes.constData(), size_t(size));
    ::close(fds[1]);
    net::Descriptor end(fds[0]);
    if (count != size)
        end.reset();
    return end;
}

void tst_ReadSide::littleIsCopiedMuchIsLent()
{
    ReadBuffer buffer;
    const net::Descriptor little = filled(100);
    QByteArray bytes;
    QCOMPARE(buffer.readOnce(little.get(), bytes).bytes, 100);
    QCOMPARE(bytes, QByteArray(100, 'x'));
    QVERIFY(bytes.capacity() < 1000);
    const net::Descriptor much = filled(60'000);
    QCOMPARE(buffer.readOnce(much.get(), bytes).bytes, 60'000);
    QVERIFY(bytes == QByteArray(60'000, 'x'));
    QVERIFY(bytes.capacity() >= buffer.capacity());
}

void tst_ReadSide::aLoanIsAligned()
{
    ReadBuffer buffer;
    for (int i = 0; i < 20; ++i) {
        const net::Descriptor end = filled(500'000);
        QVERIFY(end);
        QByteArray bytes;
        buffer.readOnce(end.get(), bytes);
        QVERIFY(bytes.size() > 8 * 1024);
        QCOMPARE(quintptr(bytes.constData()) % 64, quintptr(0));
        if (i % 3)
            buffer.takeBack(std::move(bytes));
    }
}

void tst_ReadSide::aReturnedBlockIsUsedAgain()
{
    ReadBuffer buffer;
    QByteArray bytes;
    const net::Descriptor first = filled(60'000);
    buffer.readOnce(first.get(), bytes);
    const char *const memory = bytes.constData();
    buffer.takeBack(std::move(bytes));
    const net::Descriptor second = filled(50'000, 'y');
    QByteArray others;
    buffer.readOnce(second.get(), others);
    QCOMPARE(static_cast<const void *>(others.constData()), static_cast<const void *>(memory));
    QVERIFY(others == QByteArray(50'000, 'y'));
}

void tst_ReadSide::aKeptBlockIsNot()
{
    ReadBuffer buffer;
    QByteArray bytes;
    const net::Descriptor first = filled(60'000);
    buffer.readOnce(first.get(), bytes);
    const QByteArray kept = bytes;
    buffer.takeBack(std::move(bytes));
    const net::Descriptor second = filled(60'000, 'y');
    QByteArray others;
    buffer.readOnce(second.get(), others);
    QVERIFY(kept == QByteArray(60'000, 'x'));
}

void tst_ReadSide::aNestedReadHasItsOwnBlock()
{
    ReadBuffer buffer;
    QByteArray outer;
    const net::Descriptor first = filled(60'000);
    buffer.readOnce(first.get(), outer);
    {
        QByteArray inner;
        const net::Descriptor second = filled(60'000, 'y');
        buffer.readOnce(second.get(), inner);
        QVERIFY(inner == QByteArray(60'000, 'y'));
        buffer.takeBack(std::move(inner));
    }
    QVERIFY(outer == QByteArray(60'000, 'x'));
    buffer.takeBack(std::move(outer)); // one is there already
    QByteArray last;
    const net::Descriptor third = filled(60'000, 'z');
    buffer.readOnce(third.get(), last);
    QVERIFY(last == QByteArray(60'000, 'z'));
}

void tst_ReadSide::fullReadsMakeItGrow()
{
    ReadBuffer buffer;
    const qsizetype first = buffer.capacity();
    const net::Descriptor end = filled(1'000'000);
    QVERIFY(end);
    qsizetype total = 0;
    for (int i = 0; i < 3; ++i) {
        QByteArray bytes;
        total += buffer.readOnce(end.get(), bytes).bytes;
        buffer.takeBack(std::move(bytes));
    }
    QVERIFY(buffer.capacity() > first);
    QVERIFY(total > 3 * first);
    // Never without end.
    for (int i = 0; i < 30; ++i) {
        const net::Descriptor more = filled(1 << 20);
        QByteArray bytes;
        buffer.readOnce(more.get(), bytes);
        buffer.takeBack(std::move(bytes));
    }
    QVERIFY(buffer.capacity() <= 1 << 20);
}

void tst_ReadSide::nothingThereIsToldAsSuch()
{
    ReadBuffer buffer;
    int fds[2] = {-1, -1};
    QCOMPARE(::pipe2(fds, O_NONBLOCK | O_CLOEXEC), 0);
    const net::Descriptor end(fds[0]);
    QByteArray bytes;
    net::socketops::IoResult result = buffer.readOnce(end.get(), bytes);
    QVERIFY(result.wouldBlock());
    QCOMPARE(result.bytes, 0);
    ::close(fds[1]);
    result = buffer.readOnce(end.get(), bytes);
    QCOMPARE(result.error, 0);
    QCOMPARE(result.bytes, 0);
    result = buffer.readOnce(987, bytes);
    QCOMPARE(result.error, EBADF);
    QVERIFY(!result.wouldBlock());
}

QTEST_GUILESS_MAIN(tst_ReadSide)
#include "tst_readside.moc"
