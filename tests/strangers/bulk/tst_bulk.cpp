#include "tests/strangers/bulk/memorymark.h"
#include "tests/strangers/servedprocess.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// A sender, a forwarder and a reader that rests at random, each in a process of its own.
class tst_Bulk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingArrivesAndMemoryStaysSmall();
};

static constexpr qint64 MostGrowth = 8 * 1024; // KiB

void tst_Bulk::everythingArrivesAndMemoryStaysSmall()
{
    const quint32 seed = qEnvironmentVariableIsSet("BULK_SEED") ? qEnvironmentVariableIntValue("BULK_SEED") : 20;
    qInfo() << "BULK_SEED" << seed;
    const QTemporaryDir folder;
    ServedProcess reader(QStringLiteral(READER_PROGRAM), {folder.filePath(u"reader"_s), QString::number(seed)});
    QVERIFY2(reader.error().isEmpty(), qPrintable(reader.error()));
    ServedProcess pipe(QStringLiteral(PIPE_PROGRAM), {u"--to"_s, reader.address()});
    QVERIFY2(pipe.error().isEmpty(), qPrintable(pipe.error()));
    const MemoryMark pipeMemory(pipe.processId());

    const Finished sender = runWith({}, QStringLiteral(SENDER_PROGRAM),
                                    {pipe.port(), QString::number(MEBIBYTES), QString::number(seed)}, 240);
    QCOMPARE(sender.errors, QByteArray());
    QCOMPARE(sender.exitCode, 0);
    const QStringList sent = QString::fromUtf8(sender.output).trimmed().split(u' ');
    const QStringList received = reader.readLine().split(u' ');
    qInfo() << "sent" << sent << "received" << received << "forwarder grew by KiB" << pipeMemory.growth();
    QVERIFY(reader.waitForEnd());
    QCOMPARE(sent.size(), 3);
    QCOMPARE(received.size(), 3);
    QCOMPARE(received.at(1), QString::number(qint64(MEBIBYTES) << 20));
    QCOMPARE(received.at(0), sent.at(0));
    QCOMPARE(received.at(1), sent.at(1));
    QVERIFY2(received.at(2).toInt() > MEBIBYTES / 8, "the reader has hardly rested");
#ifndef MEMORY_MEANS_NOTHING
    QVERIFY(sent.at(2).toLongLong() >= 0);
    QVERIFY2(sent.at(2).toLongLong() < MostGrowth, "the sender's memory has grown");
    QVERIFY2(pipeMemory.growth() < MostGrowth, "the forwarder's memory has grown");
#endif
    QVERIFY(pipe.stop());
}

QTEST_GUILESS_MAIN(tst_Bulk)
#include "tst_bulk.moc"
