#include "tests/support/rawpeer.h"
#include "tests/support/waiting.h"

#include "libnet/stream/writequeue.h"

#include <sys/socket.h>

using namespace Qt::StringLiterals;
using net::Error;
using net::WriteQueue;
using test::RawPeer;

/// The queue by itself, on one end of a socket pair.
class tst_WriteQueue : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theFirstOfATurnIsOfferedAtOnce();
    void smallPiecesOfATurnBecomeOne();
    void largePiecesStayWhereTheyAre();
    void borrowedPiecesAreCopied();
    void muchIsSentBeforeTheTurnEnds();
    void whatTheKernelRefusesIsTriedAgain();
    void oneTurnSendsNoMoreThanItsShare();
    void morePiecesThanOneCallTakes();
    void callbacksAreDueWhenTheirBytesHaveLeft();
    void withoutATransportEverythingWaits();
    void theMarkCountsWhatWaits();
    void abandonGivesEveryCallbackBack();
    void resetForgets();
    void anErrorIsReturned();

private:
    /// Remembers what the kernel has taken, piece by piece.
    struct Owner : net::StreamTransport::Owner
    {
        void canRead() override {}
        void canWrite() override {}
        void written(std::span<const net::socketops::Piece> pieces, qsizetype bytes) override
        {
            ++calls;
            for (const net::socketops::Piece &piece : pieces) {
                sizes.append(piece.size);
                addresses.append(piece.data);
            }
            taken += bytes;
        }

        int calls = 0;
        QList<qsizetype> sizes;
        QList<const char *> addresses;
        qsizetype taken = 0;
    };

    /// Everything that has arrived.
    QByteArray arrived();
    void jam(WriteQueue &queue);
    static net::WriteCallback noting(QStringList &list, const QString &name)
    {
        return net::WriteCallback(
            qApp, [&list, name](const Error &error) { list.append(error ? name + u' ' + error.code() : name); });
    }

    std::unique_ptr<Owner> m_owner;
    std::unique_ptr<net::StreamTransport> m_transport;
    RawPeer m_peer;
};

void tst_WriteQueue::init()
{
    int fds[2] = {-1, -1};
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds), 0);
    m_transport.reset();
    m_owner = std::make_unique<Owner>();
    m_transport = std::make_unique<net::StreamTransport>(*m_owner);
    m_transport->open(net::Descriptor(fds[0]));
    m_peer = RawPeer(fds[1]);
}

QByteArray tst_WriteQueue::arrived()
{
    QByteArray all;
    for (QByteArray some = m_peer.readSome(); !some.isEmpty(); some = m_peer.readSome())
        all += some;
    return all;
}

// Writes until the kernel takes no more.
void tst_WriteQueue::jam(WriteQueue &queue)
{
    quint32 turn = 1000;
    while (!queue.isBlocked())
        QCOMPARE(queue.write(m_transport.get(), QByteArray(10'000, 'j'), {}, ++turn), 0);
}

void tst_WriteQueue::theFirstOfATurnIsOfferedAtOnce()
{
    WriteQueue queue(100);
    QVERIFY(queue.isEmpty());
    QCOMPARE(queue.write(m_transport.get(), "first ", {}, 1), 0);
    QCOMPARE(arrived(), QByteArray("first "));
    QVERIFY(queue.isEmpty());
    queue.write(m_transport.get(), "second ", {}, 1);
    QVERIFY(queue.needsFlush());
    QCOMPARE(arrived(), QByteArray());
    QCOMPARE(queue.flush(*m_transport), 0);
    QCOMPARE(arrived(), QByteArray("second "));
    queue.write(m_transport.get(), "third", {}, 2);
    QCOMPARE(arrived(), QByteArray("third"));
    QCOMPARE(queue.accepted(), 18u);
    QCOMPARE(queue.sent(), 18u);
}

void tst_WriteQueue::smallPiecesOfATurnBecomeOne()
{
    WriteQueue queue(100);
    queue.write(m_transport.get(), "0", {}, 1);
    QByteArray all;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray piece = QByteArray::number(i);
        all += piece;
        queue.write(m_transport.get(), piece, {}, 1);
    }
    arrived();
    m_owner->sizes.clear();
    m_owner->calls = 0;
    QCOMPARE(queue.flush(*m_transport), 0);
    QCOMPARE(m_owner->calls, 1);
    QCOMPARE(m_owner->sizes, QList<qsizetype>({all.size()}));
    QCOMPARE(arrived(), all);
}

void tst_WriteQueue::largePiecesStayWhereTheyAre()
{
    WriteQueue queue(100);
    const QByteArray large(5000, 'l');
    queue.write(m_transport.get(), "0", {}, 1);
    queue.write(m_transport.get(), "before", {}, 1);
    queue.write(m_transport.get(), large, {}, 1);
    queue.write(m_transport.get(), "after", {}, 1);
    m_owner->sizes.clear();
    m_owner->addresses.clear();
    queue.flush(*m_transport);
    QCOMPARE(m_owner->sizes, QList<qsizetype>({6, 5000, 5}));
    QCOMPARE(static_cast<const void *>(m_owner->addresses.at(1)), static_cast<const void *>(large.constData()));
    QCOMPARE(arrived(), "0before" + large + "after");
}

void tst_WriteQueue::borrowedPiecesAreCopied()
{
    WriteQueue queue(100);
    QByteArray memory(5000, 'm');
    queue.write(m_transport.get(), "0", {}, 1);
    queue.write(m_transport.get(), QByteArray::fromRawData(memory.constData(), memory.size()), {}, 1);
    memory.fill('!');
    queue.flush(*m_transport);
    QCOMPARE(arrived(), "0" + QByteArray(5000, 'm'));
}

void tst_WriteQueue::muchIsSentBeforeTheTurnEnds()
{
    WriteQueue queue(1 << 20);
    QByteArray got;
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(queue.write(m_transport.get(), QByteArray(2000, 'm'), {}, 1), 0);
        QVERIFY(queue.size() < 64 * 1024);
        got += arrived();
    }
    queue.flush(*m_transport);
    got += arrived();
    QCOMPARE(got.size(), 200'000);
}

void tst_WriteQueue::whatTheKernelRefusesIsTriedAgain()
{
    WriteQueue queue(100);
    jam(queue);
    QVERIFY(!queue.isEmpty());
    QVERIFY(!queue.needsFlush());
    const qsizetype waiting = queue.size();
    QCOMPARE(queue.length(), waiting);
    queue.write(m_transport.get(), "behind", {}, 1);
    QCOMPARE(queue.size(), waiting + 6);
    QCOMPARE(queue.flush(*m_transport), 0); // still jammed
    QVERIFY(queue.isBlocked());
    QByteArray got = arrived();
    while (!queue.isEmpty()) {
        QCOMPARE(queue.flush(*m_transport), 0);
        got += arrived();
    }
    QVERIFY(!queue.isBlocked());
    QCOMPARE(quint64(got.size()), queue.accepted());
    QVERIFY(got.endsWith("jjjbehind"));
    QCOMPARE(quint64(m_owner->taken), queue.sent());
}

void tst_WriteQueue::oneTurnSendsNoMoreThanItsShare()
{
    // A reader that takes at once whatever comes: the kernel never says no.
    constexpr qsizetype Share = 1 << 20;
    WriteQueue queue(100);
    queue.setBlocked(true);
    for (int i = 0; i < 400; ++i)
        queue.write(m_transport.get(), QByteArray(10'000, 's'), {}, 1);
    const int size = 4 * int(Share);
    ::setsockopt(m_transport->descriptor(), SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    qsizetype most = 0;
    while (!queue.isEmpty()) {
        QCOMPARE(queue.flush(*m_transport), 0);
        const qsizetype got = arrived().size();
        QVERIFY(got > 0);
        most = qMax(most, got);
        QCOMPARE(queue.isBlocked(), !queue.isEmpty());
    }
    QVERIFY2(most < Share + 10'000 * net::socketops::MaxPieces, qPrintable(QString::number(most)));
    QCOMPARE(queue.sent(), 4'000'000u);
}

void tst_WriteQueue::morePiecesThanOneCallTakes()
{
    WriteQueue queue(100);
    QByteArray all;
    queue.setBlocked(true);
    for (int i = 0; i < 3 * net::socketops::MaxPieces; ++i) {
        const QByteArray piece(4096, char('0' + i % 64));
        all += piece;
        queue.write(m_transport.get(), piece, {}, 1);
    }
    QByteArray got;
    while (!queue.isEmpty()) {
        QCOMPARE(queue.flush(*m_transport), 0);
        got += arrived();
    }
    QVERIFY(got == all);
}

void tst_WriteQueue::callbacksAreDueWhenTheirBytesHaveLeft()
{
    WriteQueue queue(100);
    QStringList told;
    const auto tell = [&] {
        const QList<net::WriteCallback> done = queue.takeDone();
        for (const net::WriteCallback &callback : done)
            callback(Error());
        return told.join(u' ');
    };
    QVERIFY(!queue.hasDone());
    queue.write(m_transport.get(), "a", noting(told, u"a"_s), 1);
    QVERIFY(queue.hasDone());
    QCOMPARE(tell(), u"a"_s);
    queue.write(m_transport.get(), "b", noting(told, u"b"_s), 1);
    queue.write(m_transport.get(), "", noting(told, u"empty"_s), 1);
    QVERIFY(!queue.hasDone());
    QCOMPARE(tell(), u"a"_s);
    queue.flush(*m_transport);
    QCOMPARE(tell(), u"a b empty"_s);
    jam(queue);
    queue.write(m_transport.get(), "c", noting(told, u"c"_s), 2);
    QCOMPARE(tell(), u"a b empty"_s);
    while (!queue.isEmpty()) {
        arrived();
        queue.flush(*m_transport);
    }
    QCOMPARE(tell(), u"a b empty c"_s);
    QVERIFY(!queue.hasDone());
}

void tst_WriteQueue::withoutATransportEverythingWaits()
{
    WriteQueue queue(100);
    queue.setBlocked(true);
    QCOMPARE(queue.write(nullptr, "queued ", {}, 1), 0);
    QCOMPARE(queue.write(nullptr, "too", {}, 2), 0);
    QCOMPARE(queue.length(), 10);
    QCOMPARE(queue.sent(), 0u);
    queue.flush(*m_transport);
    QCOMPARE(arrived(), QByteArray("queued too"));
    QCOMPARE(queue.length(), 0);
}

void tst_WriteQueue::theMarkCountsWhatWaits()
{
    WriteQueue queue(10);
    QCOMPARE(queue.highWaterMark(), 10);
    queue.setBlocked(true);
    QVERIFY(!queue.isFull());
    queue.write(nullptr, "123456789", {}, 1);
    QVERIFY(!queue.isFull());
    queue.write(nullptr, "0", {}, 1);
    QVERIFY(queue.isFull());
    WriteQueue zero(0);
    zero.setBlocked(true);
    QVERIFY(!zero.isFull());
    zero.write(nullptr, "1", {}, 1);
    QVERIFY(zero.isFull());
}

void tst_WriteQueue::abandonGivesEveryCallbackBack()
{
    WriteQueue queue(100);
    QStringList told;
    queue.setBlocked(true);
    queue.write(nullptr, "a", noting(told, u"a"_s), 1);
    queue.write(nullptr, "b", {}, 1);
    queue.write(nullptr, "c", noting(told, u"c"_s), 1);
    const QList<net::WriteCallback> all = queue.abandon();
    QCOMPARE(all.size(), 2);
    for (const net::WriteCallback &callback : all)
        callback(Error::fromCode(u"GONE"_s, {}));
    QCOMPARE(told, QStringList({u"a GONE"_s, u"c GONE"_s}));
    QVERIFY(queue.abandon().isEmpty());
}

void tst_WriteQueue::resetForgets()
{
    WriteQueue queue(100);
    jam(queue);
    queue.reset();
    QVERIFY(queue.isEmpty());
    QVERIFY(!queue.isBlocked());
    QCOMPARE(queue.accepted(), 0u);
    QCOMPARE(queue.sent(), 0u);
    arrived();
    queue.write(m_transport.get(), "anew", {}, 1);
    QVERIFY(arrived().endsWith("anew"));
}

void tst_WriteQueue::anErrorIsReturned()
{
    WriteQueue queue(100);
    m_peer.close();
    QCOMPARE(queue.write(m_transport.get(), "x", {}, 1), EPIPE);
    WriteQueue other(100);
    other.setBlocked(true);
    other.write(m_transport.get(), "x", {}, 1);
    QCOMPARE(other.flush(*m_transport), EPIPE);
}

QTEST_GUILESS_MAIN(tst_WriteQueue)
#include "tst_writequeue.moc"
