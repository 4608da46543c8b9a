#include "tests/cost/conversation.h"
#include "tests/cost/counts.h"

#include <libnet/net.h>

#include <QtTest>

#include <malloc.h>

using namespace Qt::StringLiterals;
using test::Conversation;
using test::Counting;
using test::Counts;

/// What libnet's work costs in what can be counted and is the same each time: a time is not asserted anywhere.
class tst_Cost : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anEchoTakesAPollAReadAndAWrite();
    void connectionsShareTheirPolls();
    void idleConnectionsCostAMessageNothing();
    void smallWritesOfATurnLeaveTogether();
    void aPipeLetsTheKernelCarryWhatIsLarge();
    void aFileIsSentByTheKernel();
    void pausingAsksNothingOfTheSystem();
    void aConnectionTakesFewCalls();
    void anIdleConnectionTakesLittleMemory();
    void nothingIsLeftOfClosedConnections();
    void instructionsStayWhereTheyAre_data();
    void instructionsStayWhereTheyAre();
};

namespace {

constexpr int Messages = 1000;

QByteArray text(const Counts &counts)
{
    return u"%1 receive, %2 send, %7 splice, %3 wait, %4 control, %5 other, %6 allocations"_s.arg(counts.receive)
        .arg(counts.send)
        .arg(counts.wait)
        .arg(counts.control)
        .arg(counts.other)
        .arg(counts.allocations)
        .arg(counts.splice)
        .toUtf8();
}

qsizetype usedMemory()
{
    return qsizetype(mallinfo2().uordblks);
}

} // namespace

void tst_Cost::anEchoTakesAPollAReadAndAWrite()
{
    Conversation conversation;
    conversation.connect();
    QVERIFY(conversation.roundTrips(200)); // whatever is made once is made
    const Counting counting;
    QVERIFY(conversation.roundTrips(Messages));
    const Counts counts = counting.counts();
    QCOMPARE(counts.receive, Messages);
    QCOMPARE(counts.send, Messages);
    // One poll() of Qt's; epoll is asked once in seventeen turns, and now and then whether there is more.
    QVERIFY2(counts.wait <= Messages * 110 / 100, text(counts).constData());
    QCOMPARE(counts.control + counts.other, 0);
    QCOMPARE(counts.allocations, 0);
}

void tst_Cost::connectionsShareTheirPolls()
{
    constexpr int Connections = 50;
    Conversation conversation;
    for (int i = 0; i < Connections; ++i)
        conversation.connect();
    QVERIFY(conversation.roundTrips(20));
    const Counting counting;
    QVERIFY(conversation.roundTrips(Messages / Connections));
    const Counts counts = counting.counts();
    QCOMPARE(counts.receive, Messages);
    QCOMPARE(counts.send, Messages);
    QVERIFY2(counts.wait <= 3 * Messages / Connections, text(counts).constData());
    QCOMPARE(counts.control + counts.other, 0);
    QCOMPARE(counts.allocations, 0);
}

void tst_Cost::idleConnectionsCostAMessageNothing()
{
    Conversation busy;
    busy.connect();
    QVERIFY(busy.roundTrips(200));
    const Counting alone;
    QVERIFY(busy.roundTrips(Messages));
    const Counts before = alone.counts();
    Conversation idle;
    for (int i = 0; i < 300; ++i)
        idle.connect();
    QVERIFY(busy.roundTrips(200));
    const Counting beside;
    QVERIFY(busy.roundTrips(Messages));
    const Counts after = beside.counts();
    // Where in the seventeen turns the counting begins may differ.
    QVERIFY2(after.calls() <= before.calls() + 10, text(after).constData());
    QCOMPARE(after.allocations, 0);
}

void tst_Cost::smallWritesOfATurnLeaveTogether()
{
    const QByteArray piece(64, 'x');
    Conversation conversation([&piece](net::Socket *socket, const QByteArray &) {
        for (int i = 0; i < Messages; ++i)
            socket->write(piece);
    });
    conversation.connect();
    conversation.roundTrip();
    conversation.receive();
    const Counting counting;
    conversation.roundTrip();
    const Counts counts = counting.counts();
    conversation.receive();
    // The first at once, the others at the end of the turn.
    QCOMPARE(counts.send, 2);
    QVERIFY2(counts.allocations <= 30, text(counts).constData());
}

void tst_Cost::aPipeLetsTheKernelCarryWhatIsLarge()
{
    constexpr int Blocks = 50;
    constexpr qsizetype Size = 64 * 1024;
    Conversation conversation;
    conversation.connect();
    conversation.connect();
    net::Socket *const source = conversation.accepted().front();
    net::Socket *const destination = conversation.accepted().back();
    QObject::disconnect(source, &net::Socket::data, source, nullptr); // the echo
    source->pipe(destination);
    const auto relay = [&] {
        const qsizetype sent = conversation.send(0, Size);
        qsizetype received = 0;
        for (int turn = 0; received < sent && turn < 20; ++turn) {
            Conversation::runTurn();
            received += conversation.receive(1);
        }
        return sent == Size && received == sent;
    };
    for (int i = 0; i < 20; ++i)
        QVERIFY(relay());
    const Counting counting;
    for (int i = 0; i < Blocks; ++i)
        QVERIFY(relay());
    const Counts counts = counting.counts();
    QCOMPARE(counts.receive + counts.send, 0);
    QVERIFY2(counts.splice >= 2 * Blocks, text(counts).constData());
    QCOMPARE(source->bytesRead(), (Blocks + 20) * Size);
    QCOMPARE(destination->bytesWritten(), (Blocks + 20) * Size);
    // Somebody listens: now they have to come to us.
    qsizetype heard = 0;
    QObject::connect(source, &net::Socket::data, source, [&](const QByteArray &bytes) { heard += bytes.size(); });
    QVERIFY(relay());
    QCOMPARE(heard, Size);
}

void tst_Cost::aFileIsSentByTheKernel()
{
    constexpr qsizetype Size = 8 * 1024 * 1024;
    QTemporaryFile file;
    QVERIFY(file.open());
    QCOMPARE(file.write(QByteArray(Size, 'x')), Size);
    QVERIFY(file.flush());
    file.seek(0);
    Conversation conversation;
    conversation.connect();
    QVERIFY(conversation.roundTrips(20));
    net::Socket *const socket = conversation.accepted().front();
    const quint64 before = quint64(socket->bytesWritten());
    const Counting counting;
    net::pipe(&file, socket, false);
    qsizetype received = 0;
    for (int turn = 0; received < Size && turn < 5000; ++turn) {
        Conversation::runTurn();
        received += conversation.receive();
    }
    for (int turn = 0; turn < 5; ++turn)
        Conversation::runTurn();
    const Counts counts = counting.counts();
    QCOMPARE(received, Size);
    QCOMPARE(quint64(socket->bytesWritten()) - before, quint64(Size));
    QVERIFY2(counts.splice > 0, text(counts).constData());
    QCOMPARE(counts.send, 0);
    QVERIFY2(counts.receive <= 2, text(counts).constData()); // that the file has ended
}

void tst_Cost::pausingAsksNothingOfTheSystem()
{
    Conversation conversation;
    conversation.connect();
    QVERIFY(conversation.roundTrips(200));
    const Counting counting;
    for (int i = 0; i < 100; ++i) {
        conversation.accepted().front()->pause();
        conversation.accepted().front()->resume();
        QVERIFY(conversation.roundTrip());
    }
    const Counts counts = counting.counts();
    QCOMPARE(counts.control, 0);
    QCOMPARE(counts.other, 0);
}

void tst_Cost::aConnectionTakesFewCalls()
{
    constexpr int Connections = 100;
    Conversation conversation;
    const auto cycle = [&conversation] {
        conversation.connect();
        QVERIFY(conversation.roundTrip());
        conversation.closeClients();
        QVERIFY(conversation.accepted().empty());
    };
    for (int i = 0; i < 20; ++i)
        cycle();
    const Counting counting;
    for (int i = 0; i < Connections; ++i)
        cycle();
    const Counts counts = counting.counts();
    QCOMPARE(counts.control, 2 * Connections); // in and out of the set
    // accept(), once more for nothing; shutdown(), getpeername(), close()
    QVERIFY2(counts.other <= 5 * Connections, text(counts).constData());
    QVERIFY2(counts.calls() <= 24 * Connections, text(counts).constData());
    QVERIFY2(counts.allocations <= 30 * Connections, text(counts).constData());
}

void tst_Cost::anIdleConnectionTakesLittleMemory()
{
    constexpr int Connections = 400;
    Conversation conversation;
    for (int i = 0; i < 10; ++i)
        conversation.connect();
    const qsizetype before = usedMemory();
    for (int i = 0; i < Connections; ++i)
        conversation.connect();
    const qsizetype each = (usedMemory() - before) / Connections;
    QVERIFY2(each <= 1024, QByteArray::number(each).constData());
}

void tst_Cost::nothingIsLeftOfClosedConnections()
{
    Conversation conversation;
    const auto cycle = [&conversation] {
        for (int i = 0; i < 20; ++i)
            conversation.connect();
        QVERIFY(conversation.roundTrip());
        conversation.closeClients();
    };
    for (int i = 0; i < 5; ++i)
        cycle();
    const qsizetype before = usedMemory();
    for (int i = 0; i < 50; ++i)
        cycle();
    const qsizetype grown = usedMemory() - before;
    QVERIFY2(grown <= 1024, QByteArray::number(grown).constData());
}

void tst_Cost::instructionsStayWhereTheyAre_data()
{
    QTest::addColumn<QString>("work");
    QTest::addColumn<int>("count");
    QTest::newRow("echo") << u"echo"_s << 2000;
    QTest::newRow("crowd") << u"crowd"_s << 4000;
    QTest::newRow("cycle") << u"cycle"_s << 300;
    QTest::newRow("echo, our dispatcher") << u"echo-dispatcher"_s << 2000;
    QTest::newRow("crowd, our dispatcher") << u"crowd-dispatcher"_s << 4000;
}

// By callgrind, as the difference of a longer and a shorter run. They depend on compiler and Qt: those that were
// measured are in instructions.txt.
void tst_Cost::instructionsStayWhereTheyAre()
{
    QFETCH(const QString, work);
    QFETCH(const int, count);
    const QString valgrind = QStandardPaths::findExecutable(u"valgrind"_s);
    if (valgrind.isEmpty())
        QSKIP("needs valgrind");
    const QString build = u"" COST_BUILD ""_s;
    QFile file(u"" COST_BASELINE ""_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    double expected = 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QStringList words = QString::fromUtf8(line).simplified().split(u' ');
        if (words.size() == 3 && words[0] == build && words[1] == work)
            expected = words[2].toDouble();
    }
    const auto instructions = [&](int messages) {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(valgrind, {u"--tool=callgrind"_s, u"--callgrind-out-file=/dev/null"_s, u"" COST_PROGRAM ""_s,
                                 work, QString::number(messages)});
        process.waitForFinished(100'000);
        static const QRegularExpression collected(u"Collected : (\\d+)"_s);
        const QString output = QString::fromUtf8(process.readAll());
        const QRegularExpressionMatch match = collected.match(output);
        return process.exitCode() == 0 && match.hasMatch() ? match.captured(1).toDouble() : qQNaN();
    };
    const double each = (instructions(3 * count) - instructions(count)) / (2 * count);
    QVERIFY2(!qIsNaN(each), "callgrind has counted nothing");
    const QByteArray line = u"%1 %2 %3"_s.arg(build, work).arg(each, 0, 'f', 0).toUtf8();
    if (expected == 0)
        QSKIP(("not measured yet; instructions.txt may get the line \"" + line + '"').constData());
    // Fewer is news as well: the next change would hide behind it.
    QVERIFY2(qAbs(each / expected - 1) <= .03,
             ("now \"" + line + "\", expected " + QByteArray::number(expected)).constData());
}

int main(int argc, char **argv)
{
    qputenv("QT_NO_GLIB", "1"); // also for the programs we start
    qputenv("QT_HASH_SEED", "0");
    QCoreApplication application(argc, argv);
    tst_Cost cost;
    return QTest::qExec(&cost, argc, argv);
}

#include "tst_cost.moc"
