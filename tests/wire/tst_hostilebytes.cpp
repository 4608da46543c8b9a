#include "libnet/wire/frame.h"
#include "libnet/wire/messages.h"
#include "samples.h"

#include <QRandomGenerator>
#include <QTest>

using namespace net::wire;
using namespace Qt::StringLiterals;

/// Whatever a stranger sends: it is refused or understood, and nothing else happens.
class tst_HostileBytes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void truncatedPayloadsAreRefused();
    void payloadsWithSomethingBehindAreRefused();
    void countsThatDoNotMatchAreRefused();
    void recordsOfAFewBytesAreRefused();
    void cborThatClaimsTooMuchIsRefused_data();
    void cborThatClaimsTooMuchIsRefused();
    void numbersOutOfRangeAreRefused();
    void brokenStreamsAreSurvived_data();
    void brokenStreamsAreSurvived();
    void noiseIsSurvived_data();
    void noiseIsSurvived();
};

static QList<std::pair<FrameType, QByteArray>> framesOfAllTypes()
{
    QByteArray stream = samples::agentStream();
    QList<std::pair<FrameType, QByteArray>> frames;
    FrameReader reader(Side::Agent);
    reader.acceptAll(newestVersion);
    reader.feed(stream);
    while (const auto frame = reader.next())
        frames.append({frame->type, frame->payload.toByteArray()});
    QByteArray command;
    encode(command, samples::command());
    frames.append({FrameType::Command, command.sliced(sizeof(FrameHeader))});
    QByteArray watches;
    const WatchRecord watch{.subject = 7, .what = WatchedKernel};
    encode(watches, std::span(&watch, 1), 0);
    frames.append({FrameType::Watch, watches.sliced(sizeof(FrameHeader))});
    return frames;
}

void tst_HostileBytes::truncatedPayloadsAreRefused()
{
    const auto frames = framesOfAllTypes();
    QCOMPARE(frames.size(), 20);
    for (const auto &[type, payload] : frames) {
        QVERIFY(!samples::reencoded(type, 0, payload).isEmpty());
        for (qsizetype size = 0; size < payload.size(); ++size)
            QVERIFY2(samples::reencoded(type, 0, payload.first(size)).isEmpty(),
                     qPrintable(u"type %1, %2 bytes"_s.arg(int(type)).arg(size)));
    }
}

// But for the two fixed messages, which may grow at the end.
void tst_HostileBytes::payloadsWithSomethingBehindAreRefused()
{
    for (const auto &[type, payload] : framesOfAllTypes()) {
        if (type == FrameType::SnapshotBegin || type == FrameType::SnapshotEnd)
            QVERIFY(!samples::reencoded(type, 0, payload + 'x').isEmpty());
        else
            QVERIFY2(samples::reencoded(type, 0, payload + 'x').isEmpty(), qPrintable(u"type %1"_s.arg(int(type))));
    }
}

void tst_HostileBytes::countsThatDoNotMatchAreRefused()
{
    for (const FrameType type : {FrameType::Describe, FrameType::Delta, FrameType::Gone, FrameType::Events,
                                 FrameType::Capture, FrameType::Watch, FrameType::Kernel, FrameType::Stacks,
                                 FrameType::StackFrames, FrameType::Modules, FrameType::Payload}) {
        for (const auto &[count, recordSize] :
             {std::pair<quint32, quint16>{0xffffffff, 0}, {0xffffffff, 0xffff}, {1, 0}, {0x10000, 0xffff}, {1, 1}}) {
            const BatchHead head{count, recordSize, 0, 0};
            const QByteArray payload(reinterpret_cast<const char *>(&head), sizeof head);
            QVERIFY(samples::reencoded(type, 0, payload).isEmpty());
        }
    }
}

void tst_HostileBytes::recordsOfAFewBytesAreRefused()
{
    const BatchHead head{1000, 7, 0, 0};
    const QByteArray payload = QByteArray(reinterpret_cast<const char *>(&head), sizeof head) + QByteArray(7000, '\0');
    for (const FrameType type :
         {FrameType::Delta, FrameType::Gone, FrameType::Events, FrameType::Capture, FrameType::Watch, FrameType::Kernel,
          FrameType::Stacks, FrameType::StackFrames, FrameType::Modules, FrameType::Payload})
        QVERIFY2(samples::reencoded(type, 0, payload).isEmpty(), qPrintable(u"type %1"_s.arg(int(type))));
}

void tst_HostileBytes::cborThatClaimsTooMuchIsRefused_data()
{
    QTest::addColumn<QByteArray>("payload");

    QTest::newRow("map of 2^60") << QByteArray::fromHex("bb1000000000000000");
    QTest::newRow("key of 2^40") << QByteArray::fromHex("a17b0000010000000000") + "id";
    QTest::newRow("key of 2^63") << QByteArray::fromHex("a17b8000000000000000") + "id";
    QTest::newRow("key without end") << QByteArray::fromHex("a17f626964626964");
    QTest::newRow("known value of 1 GiB") << QByteArray::fromHex("a1676d6573736167657a40000000") + "x";
    QTest::newRow("skipped text of 1 GiB") << QByteArray::fromHex("a161787a40000000") + "x";
    QTest::newRow("skipped bytes of 1 GiB") << QByteArray::fromHex("a161785a40000000") + "x";
    QTest::newRow("skipped array of 2^32") << QByteArray::fromHex("a161789a80000000") + "x";
    QTest::newRow("skipped bytes in an array") << QByteArray::fromHex("a16178815a40000000") + "x";
    QTest::newRow("deep") << QByteArray::fromHex("a16178") + QByteArray(2000, '\x81') + '\0';
    QTest::newRow("key that is a number") << QByteArray::fromHex("a10101");
    QTest::newRow("no map") << QByteArray::fromHex("8101");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("broken UTF-8") << QByteArray::fromHex("a1676d65737361676562fffe");
}

void tst_HostileBytes::cborThatClaimsTooMuchIsRefused()
{
    QFETCH(QByteArray, payload);
    QVERIFY(!decodeCommandResult(payload));
    QVERIFY(!decodeHello(payload));
    QVERIFY(!decodeCommand(payload));
}

void tst_HostileBytes::numbersOutOfRangeAreRefused()
{
    const auto withCode = [](const QCborValue &code) {
        return QCborValue(QCborMap{{u"code"_s, code}}).toCbor();
    };
    QCOMPARE(decodeError(withCode(3)), (Error{.code = ErrorCode::NotGranted}));
    QCOMPARE(decodeError(withCode(65535)), (Error{.code = ErrorCode(65535)}));
    QVERIFY(!decodeError(withCode(65536)));
    QVERIFY(!decodeError(withCode(-1)));
    QVERIFY(!decodeError(withCode(1.0e300)));
    QVERIFY(!decodeError(withCode(u"3"_s)));
}

void tst_HostileBytes::brokenStreamsAreSurvived_data()
{
    QTest::addColumn<uint>("seed");
    for (uint seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

// Whatever is still understood can be said again, and is then understood as the same.
void tst_HostileBytes::brokenStreamsAreSurvived()
{
    QFETCH(uint, seed);
    QRandomGenerator random(seed);
    const QByteArray whole = samples::agentStream();
    int refused = 0;
    for (int round = 0; round < 150; ++round) {
        QByteArray stream = whole;
        for (int change = random.bounded(1, 6); change > 0; --change)
            stream[random.bounded(stream.size())] = char(random.bounded(256));
        FrameReader reader(Side::Agent);
        reader.acceptAll(newestVersion);
        for (qsizetype at = 0; at < stream.size();) {
            const qsizetype size = std::min<qsizetype>(random.bounded(1, 400), stream.size() - at);
            reader.feed(QByteArrayView(stream).sliced(at, size));
            at += size;
            while (const auto frame = reader.next()) {
                const QByteArray once = samples::reencoded(frame->type, frame->flags, frame->payload);
                if (once.isEmpty())
                    ++refused;
                else if (frame->type != FrameType::Payload && frame->type != FrameType::Drops)
                    QCOMPARE(samples::reencoded(frame->type, frame->flags, once.sliced(sizeof(FrameHeader))), once);
            }
        }
        refused += reader.hasError() ? 1 : 0;
        QVERIFY(reader.buffered() <= stream.size());
    }
    QVERIFY(refused > 0);
}

void tst_HostileBytes::noiseIsSurvived_data()
{
    brokenStreamsAreSurvived_data();
}

void tst_HostileBytes::noiseIsSurvived()
{
    QFETCH(uint, seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 150; ++round) {
        QByteArray noise(random.bounded(1, 300), Qt::Uninitialized);
        for (char &byte : noise)
            byte = char(random.bounded(256));
        for (int type = 1; type <= 15; ++type)
            samples::reencoded(FrameType(type), 0, noise);
        FrameReader reader(Side::Inspector);
        reader.feed(noise);
        while (const auto frame = reader.next())
            samples::reencoded(frame->type, frame->flags, frame->payload);
    }
}

QTEST_GUILESS_MAIN(tst_HostileBytes)
#include "tst_hostilebytes.moc"
