#include "libnet/agent/eventhistory.h"
#include "libnet/agent/eventring.h"
#include "libnet/agent/payloadring.h"
#include "libnet/agent/payloadstore.h"
#include "libnet/agent/producer.h"

#include <QTest>

#include <thread>

using namespace net::agent;
using namespace net::wire;

namespace {

EventRecord numbered(quint64 number, EventKind kind = EventKind::Sent)
{
    return {.time = qint64(number), .subject = 1, .a = number, .kind = kind};
}

QList<quint64> drained(EventRing &ring)
{
    QList<quint64> numbers;
    ring.drain([&numbers](std::span<const EventRecord> records) {
        for (const EventRecord &record : records)
            numbers.append(record.a);
    });
    return numbers;
}

PayloadRecord piece(quint64 offset, quint32 size)
{
    return {.subject = 1, .offset = offset, .streamSize = size, .size = size};
}

} // namespace

/// What is recorded comes out in order or is counted as dropped, within a fixed amount of memory.
class tst_Rings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eventsComeOutInOrderAcrossTheWrap();
    void fullRingDropsAndCountsByKind();
    void ringWithoutPlacesDropsEverything();
    void twoThreadsLoseNothingUncounted();
    void firstThreadsGetLargeRingsAndLastOnesNone();
    void budgetOfAPastThreadIsGivenBack();
    void historyKeepsTheLatest();
    void piecesComeOutWholeAcrossTheWrap();
    void pieceThatDoesNotFitIsRefused();
    void storeKeepsTheLatestWithinItsLimit();
    void storeOfManyTinyPiecesStaysWithinItsLimit();
    void storeHasRoomForOnePieceWhateverItsLimit();
};

void tst_Rings::eventsComeOutInOrderAcrossTheWrap()
{
    EventRing ring(8);
    quint64 in = 0;
    quint64 out = 0;
    for (int round = 0; round < 10; ++round) {
        for (int i = 0; i < 5; ++i)
            QVERIFY(ring.push(numbered(in++)));
        for (const quint64 number : drained(ring))
            QCOMPARE(number, out++);
    }
    QCOMPARE(out, in);
}

void tst_Rings::fullRingDropsAndCountsByKind()
{
    EventRing ring(4);
    for (quint64 i = 0; i < 6; ++i)
        QCOMPARE(ring.push(numbered(i)), i < 4);
    QVERIFY(!ring.push(numbered(6, EventKind::Closed)));
    QCOMPARE(ring.dropped(int(EventKind::Sent)), 2u);
    QCOMPARE(ring.dropped(int(EventKind::Closed)), 1u);
    QCOMPARE(drained(ring), (QList<quint64>{0, 1, 2, 3}));
    QVERIFY(ring.push(numbered(7)));
    QCOMPARE(drained(ring), QList<quint64>{7});
}

void tst_Rings::ringWithoutPlacesDropsEverything()
{
    EventRing ring(0);
    QVERIFY(!ring.push(numbered(0)));
    QCOMPARE(ring.dropped(int(EventKind::Sent)), 1u);
    QVERIFY(drained(ring).isEmpty());
}

void tst_Rings::twoThreadsLoseNothingUncounted()
{
    constexpr quint64 count = 300000;
    EventRing ring(256);
    std::atomic<bool> done = false;
    std::thread writer([&] {
        for (quint64 i = 0; i < count; ++i)
            ring.push(numbered(i));
        done = true;
    });
    quint64 read = 0;
    quint64 next = 0;
    bool inOrder = true;
    for (bool last = false; !last;) {
        last = done;
        for (const quint64 number : drained(ring)) {
            inOrder = inOrder && number >= next;
            next = number + 1;
            ++read;
        }
    }
    writer.join();
    QVERIFY(inOrder);
    QCOMPARE(read + ring.dropped(int(EventKind::Sent)), count);
}

void tst_Rings::firstThreadsGetLargeRingsAndLastOnesNone()
{
    ProducerList producers(8 * 1024 * 1024, 0);
    quint32 before = producers.add(1)->events.capacity();
    QCOMPARE(before, 32768u);
    quint64 capacity = before;
    for (quint32 thread = 2; thread < 400; ++thread) {
        const quint32 next = producers.add(thread)->events.capacity();
        QVERIFY(next <= before);
        before = next;
        capacity += next;
    }
    QCOMPARE(before, 0u);
    QCOMPARE(producers.bytes(), capacity * sizeof(EventRecord));
    QVERIFY(producers.bytes() <= 8 * 1024 * 1024);
}

void tst_Rings::budgetOfAPastThreadIsGivenBack()
{
    ProducerList producers(64 * 1024, 256 * 1024);
    QList<Producer *> all;
    while (all.isEmpty() || all.last()->events.capacity() > 0)
        all.append(producers.add(1));
    QVERIFY(producers.addPayload(*all.first()));
    all.last()->events.push(numbered(0));
    const quint64 before = producers.bytes();
    producers.remove(all.takeLast());
    QCOMPARE(producers.dropped(int(EventKind::Sent)), 1u);
    producers.remove(all.takeFirst());
    QVERIFY(producers.bytes() < before);
    QVERIFY(producers.add(2)->events.capacity() > 0);
}

void tst_Rings::historyKeepsTheLatest()
{
    EventHistory history(10);
    QCOMPARE(history.first(), 0u);
    QVERIFY(history.piece(0, 100).empty());
    for (quint64 i = 0; i < 25; i += 5) {
        QCOMPARE(history.firstAfter(5), i + 5 > 10 ? i - 5 : 0);
        std::vector<EventRecord> records;
        for (quint64 j = i; j < i + 5; ++j)
            records.push_back(numbered(j));
        history.append(records);
    }
    QCOMPARE(history.first(), 15u);
    QCOMPARE(history.next(), 25u);
    QList<quint64> numbers;
    for (quint64 at = history.first(); at < history.next();) {
        const auto records = history.piece(at, 4);
        QVERIFY(!records.empty() && records.size() <= 4);
        for (const EventRecord &record : records)
            numbers.append(record.a);
        at += records.size();
    }
    QCOMPARE(numbers, (QList<quint64>{15, 16, 17, 18, 19, 20, 21, 22, 23, 24}));
}

void tst_Rings::piecesComeOutWholeAcrossTheWrap()
{
    PayloadRing ring(256);
    for (quint64 i = 0; i < 50; ++i) {
        const QByteArray bytes(int(30 + i % 40), char('a' + i % 26));
        QVERIFY(ring.push(piece(i, quint32(bytes.size())), bytes.constData()));
        const auto out = ring.front();
        QCOMPARE(out, piece(i, quint32(bytes.size())));
        QByteArray taken(bytes.size(), '\0');
        ring.take(taken.data());
        QCOMPARE(taken, bytes);
    }
    QVERIFY(!ring.front());
}

void tst_Rings::pieceThatDoesNotFitIsRefused()
{
    PayloadRing ring(256);
    const QByteArray bytes(200, 'x');
    QVERIFY(ring.push(piece(0, 200), bytes.constData()));
    QVERIFY(ring.wantsReader());
    QVERIFY(!ring.push(piece(200, 0), nullptr));
    QByteArray taken(200, '\0');
    ring.take(taken.data());
    QVERIFY(ring.push(piece(400, 10), bytes.constData()));
}

void tst_Rings::storeKeepsTheLatestWithinItsLimit()
{
    constexpr quint64 limit = 200'000;
    PayloadStore store(limit);
    const auto bytesOf = [](quint64 number) {
        return QByteArray(qsizetype(4'500 + number * 7 % 1'000), char('a' + number % 26));
    };
    for (quint64 i = 0; i < 200; ++i) {
        const QByteArray bytes = bytesOf(i);
        const PayloadRecord added = piece(i, quint32(bytes.size()));
        while (!store.hasRoomFor(added))
            store.dropFirst();
        std::memcpy(store.append(added), bytes.constData(), std::size_t(bytes.size()));
        QVERIFY(store.bytes() <= limit);
        for (quint64 kept = store.first(); kept < store.next(); ++kept) {
            QCOMPARE(store.record(kept).offset, kept);
            QCOMPARE(store.bytesOf(kept), bytesOf(kept));
        }
    }
    QCOMPARE(store.next(), 200u);
    QVERIFY(store.first() > 160 && store.first() < 172);
    store.clear();
    QCOMPARE(store.bytes(), 0u);
    QCOMPARE(store.first(), 200u);
    QVERIFY(store.hasRoomFor(piece(200, 64 * 1024)));
}

void tst_Rings::storeOfManyTinyPiecesStaysWithinItsLimit()
{
    constexpr quint64 limit = 200'000;
    PayloadStore store(limit);
    for (quint64 i = 0; i < 20'000; ++i) {
        while (!store.hasRoomFor(piece(i, 1)))
            store.dropFirst();
        *store.append(piece(i, 1)) = char('a' + i % 26);
        QVERIFY(store.bytes() <= limit);
    }
    QVERIFY(store.next() - store.first() > 2'000);
    for (quint64 kept = store.first(); kept < store.next(); ++kept)
        QCOMPARE(store.bytesOf(kept), QByteArray(1, char('a' + kept % 26)));
}

void tst_Rings::storeHasRoomForOnePieceWhateverItsLimit()
{
    PayloadStore store(0);
    for (quint64 i = 0; i < 3; ++i) {
        while (!store.hasRoomFor(piece(i, 64 * 1024)))
            store.dropFirst();
        std::memset(store.append(piece(i, 64 * 1024)), 'x', 64 * 1024);
        QCOMPARE(store.first(), i);
        QCOMPARE(store.bytesOf(i).size(), 64 * 1024);
    }
}

QTEST_GUILESS_MAIN(tst_Rings)
#include "tst_rings.moc"
