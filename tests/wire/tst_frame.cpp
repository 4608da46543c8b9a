#include "libnet/wire/frame.h"
#include "samples.h"

#include <QTest>

using namespace net::wire;
using namespace Qt::StringLiterals;

namespace {

QByteArray header(quint32 size, int type, quint16 reserved = 0)
{
    const FrameHeader header{size, quint8(type), 0, reserved};
    return QByteArray(reinterpret_cast<const char *>(&header), sizeof header);
}

QByteArray helloFrame()
{
    QByteArray out;
    encode(out, samples::hello());
    return out;
}

} // namespace

/// Bytes become frames wherever the stream is cut, and a frame that may not come is refused at its header.
class tst_Frame : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void streamComesThroughInOnePiece();
    void streamComesThroughSplitAtEveryByte();
    void streamComesThroughByteByByte();
    void frameThatIsCutOffIsNotGiven();
    void frameThatMayNotComeIsRefusedAtItsHeader_data();
    void frameThatMayNotComeIsRefusedAtItsHeader();
    void onlyHelloErrorAndByeMayComeFirst();
    void commandsAreSpokenFromVersionTwoOn();
    void whatIsWatchedIsSpokenOfFromVersionThreeOn();
    void stacksAreSpokenOfFromVersionFourOn();
    void errorIsStickyAndHoldsNothing();
    void framesBeforeTheErrorAreStillGiven();
};

static QByteArray readAgain(FrameReader &reader)
{
    QByteArray again;
    while (const auto frame = reader.next())
        again += samples::reencoded(frame->type, frame->flags, frame->payload);
    return again;
}

static FrameReader greetedReader()
{
    FrameReader reader(Side::Agent);
    reader.acceptAll(newestVersion);
    return reader;
}

void tst_Frame::streamComesThroughInOnePiece()
{
    const QByteArray stream = samples::agentStream();
    FrameReader reader = greetedReader();
    reader.feed(stream);
    QCOMPARE(readAgain(reader), stream);
    QCOMPARE(reader.errorString(), QString());
    QCOMPARE(reader.buffered(), 0);
}

void tst_Frame::streamComesThroughSplitAtEveryByte()
{
    const QByteArray stream = samples::agentStream();
    for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
        FrameReader reader = greetedReader();
        reader.feed(stream.first(cut));
        QByteArray again = readAgain(reader);
        reader.feed(stream.sliced(cut));
        again += readAgain(reader);
        QVERIFY2(again == stream, qPrintable(u"cut at %1"_s.arg(cut)));
    }
}

void tst_Frame::streamComesThroughByteByByte()
{
    const QByteArray stream = samples::agentStream();
    FrameReader reader = greetedReader();
    QByteArray again;
    for (const char byte : stream) {
        reader.feed(QByteArrayView(&byte, 1));
        again += readAgain(reader);
    }
    QCOMPARE(again, stream);
}

void tst_Frame::frameThatIsCutOffIsNotGiven()
{
    const QByteArray frame = helloFrame();
    for (qsizetype size = 0; size < frame.size(); ++size) {
        FrameReader reader(Side::Agent);
        reader.feed(frame.first(size));
        QVERIFY(!reader.next());
        QVERIFY(!reader.hasError());
    }
}

void tst_Frame::frameThatMayNotComeIsRefusedAtItsHeader_data()
{
    QTest::addColumn<Side>("sender");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    QTest::newRow("type 0") << Side::Agent << header(0, 0) << u"frame type 0 may not be sent by this side"_s;
    QTest::newRow("unknown type") << Side::Agent << header(0, 21) << u"frame type 21 may not be sent by this side"_s;
    QTest::newRow("type 255") << Side::Inspector << header(0, 255) << u"frame type 255 may not be sent by this side"_s;
    QTest::newRow("events from an inspector")
        << Side::Inspector << header(16, 7) << u"frame type 7 may not be sent by this side"_s;
    QTest::newRow("hello too large") << Side::Agent << header(8 * 1024 + 1, 1)
                                     << u"frame type 1 of 8193 bytes is larger than 8192"_s;
    QTest::newRow("events too large") << Side::Agent << header(1024 * 1024 + 1, 7)
                                      << u"frame type 7 of 1048577 bytes is larger than 1048576"_s;
    QTest::newRow("4 GiB") << Side::Agent << header(0xffffffff, 7)
                           << u"frame type 7 of 4294967295 bytes is larger than 1048576"_s;
    QTest::newRow("reserved") << Side::Agent << header(0, 1, 1) << u"reserved bytes of the frame header are not 0"_s;
}

void tst_Frame::frameThatMayNotComeIsRefusedAtItsHeader()
{
    QFETCH(Side, sender);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);
    FrameReader reader(sender);
    reader.acceptAll(1);
    reader.feed(bytes);
    QVERIFY(!reader.next());
    QCOMPARE(reader.errorString(), reason);
}

void tst_Frame::onlyHelloErrorAndByeMayComeFirst()
{
    for (int type = 1; type <= 20; ++type) {
        FrameReader reader(Side::Agent, newestVersion);
        reader.feed(header(0, type));
        const bool allowed =
            type == int(FrameType::Hello) || type == int(FrameType::Error) || type == int(FrameType::Bye);
        QCOMPARE(reader.next().has_value(), allowed);
        QCOMPARE(reader.hasError(), !allowed);
    }
}

void tst_Frame::commandsAreSpokenFromVersionTwoOn()
{
    QByteArray frame;
    encode(frame, samples::command());
    FrameReader older(Side::Inspector);
    older.acceptAll(1);
    older.feed(frame);
    QVERIFY(!older.next());
    QVERIFY(older.hasError());

    FrameReader newer(Side::Inspector);
    newer.acceptAll(controlVersion);
    newer.feed(frame);
    QCOMPARE(readAgain(newer), frame);
}

void tst_Frame::whatIsWatchedIsSpokenOfFromVersionThreeOn()
{
    const WatchRecord watch{.subject = 7, .what = WatchedKernel};
    const KernelRecord kernel = samples::kernel(7);
    QByteArray asked;
    encode(asked, std::span(&watch, 1), 0);
    QByteArray told;
    encode(told, std::span(&kernel, 1), 0);
    for (const auto &[sender, frame] : {std::pair(Side::Inspector, asked), std::pair(Side::Agent, told)}) {
        FrameReader older(sender);
        older.acceptAll(controlVersion);
        older.feed(frame);
        QVERIFY(!older.next() && older.hasError());
        FrameReader newer(sender);
        newer.acceptAll(watchVersion);
        newer.feed(frame);
        QCOMPARE(readAgain(newer), frame);
    }
}

void tst_Frame::stacksAreSpokenOfFromVersionFourOn()
{
    const Module module = samples::module(1);
    const StackFrameRecord frame = samples::stackFrame(0);
    const StackRecord stack = samples::stack(7);
    QByteArray told[3];
    encode(told[0], std::span(&module, 1), 0);
    encode(told[1], std::span(&frame, 1), 0);
    encode(told[2], std::span(&stack, 1), 0);
    for (const QByteArray &bytes : told) {
        FrameReader older(Side::Agent);
        older.acceptAll(watchVersion);
        older.feed(bytes);
        QVERIFY(!older.next() && older.hasError());
        FrameReader newer(Side::Agent);
        newer.acceptAll(stackVersion);
        newer.feed(bytes);
        QCOMPARE(readAgain(newer), bytes);
        FrameReader asked(Side::Inspector);
        asked.acceptAll(stackVersion);
        asked.feed(bytes);
        QVERIFY(!asked.next() && asked.hasError());
    }
}

void tst_Frame::errorIsStickyAndHoldsNothing()
{
    FrameReader reader(Side::Agent);
    reader.feed(header(0, 99));
    QVERIFY(!reader.next());
    const QString reason = reader.errorString();
    QVERIFY(!reason.isEmpty());
    for (int i = 0; i < 10; ++i)
        reader.feed(helloFrame());
    QVERIFY(!reader.next());
    QCOMPARE(reader.errorString(), reason);
    QCOMPARE(reader.buffered(), 0);
}

void tst_Frame::framesBeforeTheErrorAreStillGiven()
{
    FrameReader reader(Side::Agent);
    reader.feed(helloFrame() + helloFrame() + header(0, 99));
    QVERIFY(reader.next());
    QVERIFY(reader.next());
    QVERIFY(!reader.hasError());
    QVERIFY(!reader.next());
    QVERIFY(reader.hasError());
}

QTEST_GUILESS_MAIN(tst_Frame)
#include "tst_frame.moc"
