#include "libnet/wire/frame.h"
#include "libnet/wire/messages.h"
#include "samples.h"

#include <QCborStreamWriter>
#include <QTest>

using namespace net::wire;
using namespace Qt::StringLiterals;

namespace {

/// The payloads of the frames in \a stream.
QList<QByteArray> payloads(const QByteArray &stream, Side sender = Side::Agent)
{
    QList<QByteArray> found;
    FrameReader reader(sender);
    reader.acceptAll(newestVersion);
    reader.feed(stream);
    while (const auto frame = reader.next())
        found.append(frame->payload.toByteArray());
    return found;
}

template <typename Message>
QByteArray payloadOf(const Message &message, Side sender = Side::Agent)
{
    QByteArray out;
    encode(out, message);
    return payloads(out, sender).value(0);
}

template <typename Record>
std::span<const Record> all(const QList<Record> &records)
{
    return {records.constData(), std::size_t(records.size())};
}

template <typename Record>
QByteArray bytesOf(const Record &record, qsizetype size = sizeof(Record))
{
    return QByteArray(reinterpret_cast<const char *>(&record), sizeof(Record)).leftJustified(size, '\x55', true);
}

} // namespace

/// Every message comes out as it went in, also between a newer and an older side.
class tst_Messages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyMessageComesOutAsItWentIn();
    void newestVersionThatBothSpeakIsChosen_data();
    void newestVersionThatBothSpeakIsChosen();
    void manyRecordsTakeManyFramesInOrder();
    void manyDescriptionsTakeManyFramesInOrder();
    void recordsOfANewerSideAreReadAsFarAsKnown();
    void recordsOfAnOlderSideAreFilledWithZeros();
    void describedTextsOfANewerSideAreSkipped();
    void keysOfANewerSideAreSkipped();
    void longTextsAreCutAtACharacter();
    void dropsThatDoNotFitAreSummedUp();
};

void tst_Messages::everyMessageComesOutAsItWentIn()
{
    using namespace samples;
    QCOMPARE(decodeHello(payloadOf(hello())), hello());
    QCOMPARE(decodeSnapshotBegin(payloadOf(snapshotBegin)), snapshotBegin);
    QCOMPARE(decodeSnapshotEnd(payloadOf(snapshotEnd)), snapshotEnd);
    QCOMPARE(decodeDrops(payloadOf(samples::drops())), samples::drops());
    QCOMPARE(decodePayload(payloadOf(samples::payload())), QList<Payload>{samples::payload()});
    QCOMPARE(decodeStatus(payloadOf(samples::status())), samples::status());
    QCOMPARE(decodeCommand(payloadOf(samples::command(), Side::Inspector)), samples::command());
    QCOMPARE(decodeCommandResult(payloadOf(commandResult)), commandResult);
    QCOMPARE(decodeError(payloadOf(samples::error)), samples::error);
    QCOMPARE(decodeBye(payloadOf(samples::bye)), samples::bye);

    QByteArray out;
    const QList<Description> descriptions{description(1), description(2)};
    const QList<CounterRecord> deltas{samples::counters(1), samples::counters(2)};
    const QList<GoneRecord> gone{{2, 99}};
    const QList<EventRecord> events{samples::event(5), samples::event(6)};
    const QList<CaptureRecord> captures{{.subject = 7, .on = 1, .known = 1}};
    encode(out, all(descriptions), 11);
    encode(out, all(deltas), 12);
    encode(out, all(gone), 13);
    encode(out, all(events), 14);
    encode(out, all(captures), 15);
    const QList<KernelRecord> kernels{samples::kernel(7), samples::kernel(8)};
    encode(out, all(kernels), 16);
    const QList<Module> modules{samples::module(1), samples::module(2)};
    encode(out, all(modules), 17);
    const QList<StackFrameRecord> stackFrames{samples::stackFrame(0), samples::stackFrame(1)};
    encode(out, all(stackFrames), 18);
    const QList<StackRecord> stacks{samples::stack(7), samples::stack(8)};
    encode(out, all(stacks), 19);
    const QList<QByteArray> frames = payloads(out);
    QCOMPARE(frames.size(), 9);
    QCOMPARE(decodeDescribe(frames.at(0)), (Batch<Description>{11, descriptions}));
    QCOMPARE(decodeDelta(frames.at(1)), (Batch<CounterRecord>{12, deltas}));
    QCOMPARE(decodeGone(frames.at(2)), (Batch<GoneRecord>{13, gone}));
    QCOMPARE(decodeEvents(frames.at(3)), (Batch<EventRecord>{14, events}));
    QCOMPARE(decodeCapture(frames.at(4)), (Batch<CaptureRecord>{15, captures}));
    QCOMPARE(decodeKernel(frames.at(5)), (Batch<KernelRecord>{16, kernels}));
    QCOMPARE(decodeModules(frames.at(6)), (Batch<Module>{17, modules}));
    QCOMPARE(decodeStackFrames(frames.at(7)), (Batch<StackFrameRecord>{18, stackFrames}));
    QCOMPARE(decodeStacks(frames.at(8)), (Batch<StackRecord>{19, stacks}));
    const QList<WatchRecord> watches{{.subject = 7, .what = WatchedKernel}, {.subject = 8}};
    out.clear();
    encode(out, all(watches), 17);
    QCOMPARE(decodeWatch(payloads(out, Side::Inspector).at(0)), (Batch<WatchRecord>{17, watches}));
}

void tst_Messages::newestVersionThatBothSpeakIsChosen_data()
{
    QTest::addColumn<int>("oldestA");
    QTest::addColumn<int>("newestA");
    QTest::addColumn<int>("oldestB");
    QTest::addColumn<int>("newestB");
    QTest::addColumn<int>("common");
    QTest::newRow("the same") << 1 << 1 << 1 << 1 << 1;
    QTest::newRow("newer inspector") << 1 << 4 << 1 << 2 << 2;
    QTest::newRow("older inspector") << 1 << 1 << 1 << 9 << 1;
    QTest::newRow("inspector too new") << 3 << 4 << 1 << 2 << 0;
    QTest::newRow("agent too new") << 1 << 2 << 3 << 4 << 0;
}

void tst_Messages::newestVersionThatBothSpeakIsChosen()
{
    QFETCH(int, oldestA);
    QFETCH(int, newestA);
    QFETCH(int, oldestB);
    QFETCH(int, newestB);
    QFETCH(int, common);
    const Hello a{.oldest = quint16(oldestA), .newest = quint16(newestA)};
    const Hello b{.oldest = quint16(oldestB), .newest = quint16(newestB)};
    QCOMPARE(int(commonVersion(a, b)), common);
    QCOMPARE(int(commonVersion(b, a)), common);
}

void tst_Messages::manyRecordsTakeManyFramesInOrder()
{
    QList<EventRecord> events;
    for (quint64 i = 0; i < 100000; ++i)
        events.append(samples::event(i));
    QByteArray out;
    encode(out, all(events), 1000);
    QList<EventRecord> arrived;
    const QList<QByteArray> frames = payloads(out);
    QVERIFY(frames.size() > 1);
    for (const QByteArray &frame : frames) {
        const auto batch = decodeEvents(frame);
        QVERIFY(batch);
        QCOMPARE(batch->stamp, quint64(1000 + arrived.size()));
        arrived += batch->records;
    }
    QVERIFY(arrived == events);
}

void tst_Messages::manyDescriptionsTakeManyFramesInOrder()
{
    QList<Description> descriptions;
    for (quint64 i = 0; i < 10000; ++i)
        descriptions.append(samples::description(i));
    QByteArray out;
    encode(out, all(descriptions), 1);
    QList<Description> arrived;
    const QList<QByteArray> frames = payloads(out);
    QVERIFY(frames.size() > 1);
    for (const QByteArray &frame : frames)
        arrived += decodeDescribe(frame).value_or(Batch<Description>()).records;
    QVERIFY(arrived == descriptions);
}

void tst_Messages::recordsOfANewerSideAreReadAsFarAsKnown()
{
    const quint16 size = sizeof(CounterRecord) + 24;
    const QByteArray payload =
        bytesOf(BatchHead{2, size, 0, 5}) + bytesOf(samples::counters(1), size) + bytesOf(samples::counters(2), size);
    QCOMPARE(decodeDelta(payload), (Batch<CounterRecord>{5, {samples::counters(1), samples::counters(2)}}));
}

void tst_Messages::recordsOfAnOlderSideAreFilledWithZeros()
{
    const quint16 size = offsetof(CounterRecord, received) + sizeof(quint64);
    const QByteArray payload = bytesOf(BatchHead{1, size, 0, 5}) + bytesOf(samples::counters(1), size);
    QCOMPARE(decodeDelta(payload), (Batch<CounterRecord>{5, {{.subject = 1, .received = 1}}}));
}

void tst_Messages::describedTextsOfANewerSideAreSkipped()
{
    QByteArray out;
    const Description sample = samples::description(1);
    encode(out, std::span(&sample, 1), 5);
    QByteArray payload = payloads(out).at(0);
    const qsizetype textCount = sizeof(BatchHead) + 8 + sizeof(DescriptionRecord) + sizeof(CounterRecord);
    payload[textCount] = 5;
    payload.append(bytesOf(quint16(3)) + "new");
    const auto entrySize = quint32(payload.size() - qsizetype(sizeof(BatchHead)));
    payload.replace(sizeof(BatchHead), sizeof entrySize, bytesOf(entrySize));
    QCOMPARE(decodeDescribe(payload), (Batch<Description>{5, {sample}}));
}

void tst_Messages::keysOfANewerSideAreSkipped()
{
    QByteArray payload;
    QCborStreamWriter writer(&payload);
    writer.startMap();
    writer.append("novelty"_L1);
    writer.startArray();
    writer.append(1.5);
    writer.append(QByteArray("bytes"));
    writer.startMap(1);
    writer.append(1);
    writer.append(nullptr);
    writer.endMap();
    writer.endArray();
    writer.append("id"_L1);
    writer.append(4);
    writer.append("done"_L1);
    writer.append(true);
    writer.append("another"_L1);
    writer.append(u"text"_s);
    writer.endMap();
    QCOMPARE(decodeCommandResult(payload), (CommandResult{.id = 4, .done = true}));
}

void tst_Messages::longTextsAreCutAtACharacter()
{
    Description sample = samples::description(1);
    sample.name = u"x"_s + QString(5000, u'ö');
    QByteArray out;
    encode(out, std::span(&sample, 1), 5);
    const auto batch = decodeDescribe(payloads(out).at(0));
    QVERIFY(batch);
    QCOMPARE(batch->records.at(0).name, u"x"_s + QString(2047, u'ö'));
    QCOMPARE(batch->records.at(0).errorMessage, sample.errorMessage);
}

void tst_Messages::dropsThatDoNotFitAreSummedUp()
{
    Drops drops{.total = 5000};
    for (quint64 i = 0; i < 5000; ++i)
        drops.subjects.append({i, 1});
    const auto arrived = decodeDrops(payloadOf(drops));
    QVERIFY(arrived);
    QCOMPARE(arrived->total, 5000u);
    QCOMPARE(quint64(arrived->subjects.size()) + arrived->elsewhere, 5000u);
    QVERIFY(!arrived->subjects.isEmpty());
}

QTEST_GUILESS_MAIN(tst_Messages)
#include "tst_messages.moc"
