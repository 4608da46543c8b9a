#include "tests/cost/conversation.h"
#include "tests/cost/counts.h"

#include <libnet/epolldispatcher.h>

#include <QtTest>

#include <malloc.h>
#include <sys/resource.h>

using test::Conversation;
using test::Counting;
using test::Counts;

/// Thousands of connections in one thread, under Qt's event dispatcher and under libnet's: what they cost is counted.
class tst_Scale : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anEchoTakesAsFewCallsBesideThousands();
    void nothingIsLeftOfThousandsThatCameAndWent();
    void postingToOneselfAsksNothingOfTheSystem();
};

namespace {

constexpr int Messages = 1000;

qsizetype usedMemory()
{
    return qsizetype(mallinfo2().uordblks);
}

qsizetype openDescriptors()
{
    return QDir(QStringLiteral("/proc/self/fd"))
        .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
        .size();
}

bool underOurs()
{
    return qobject_cast<net::EpollDispatcher *>(QAbstractEventDispatcher::instance());
}

} // namespace

void tst_Scale::anEchoTakesAsFewCallsBesideThousands()
{
    rlimit limit = {};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = qMin<rlim_t>(limit.rlim_max, 16'384);
    setrlimit(RLIMIT_NOFILE, &limit);
    const int idle = int(qMin<rlim_t>(4000, limit.rlim_cur / 2 - 200)); // both ends are ours

    Conversation busy;
    busy.connect();
    QVERIFY(busy.roundTrips(200));
    const auto count = [&busy] {
        const Counting counting;
        return busy.roundTrips(Messages) ? counting.counts() : Counts();
    };
    const Counts alone = count();
    QCOMPARE(alone.receive, Messages);
    QCOMPARE(alone.send, Messages);
    QCOMPARE(alone.control + alone.other, 0);
    if (underOurs())
        QCOMPARE(alone.wait, Messages); // and not a call more
    Conversation crowd;
    for (int i = 0; i < idle; ++i)
        crowd.connect();
    QCOMPARE(int(crowd.accepted().size()), idle);
    QVERIFY(busy.roundTrips(200));
    const Counts beside = count();
    QCOMPARE(beside.receive, Messages);
    QVERIFY2(beside.calls() <= alone.calls() + 10, QByteArray::number(beside.calls()).constData());
    QCOMPARE(beside.allocations, 0);
}

void tst_Scale::nothingIsLeftOfThousandsThatCameAndWent()
{
    Conversation conversation;
    const auto cycle = [&conversation] {
        for (int i = 0; i < 50; ++i)
            conversation.connect();
        QVERIFY(conversation.roundTrip());
        conversation.closeClients();
    };
    const qsizetype descriptors = openDescriptors();
    // Until the containers of libnet, Qt and malloc have reached the size at which they stay.
    for (int i = 0; i < 100; ++i)
        cycle();
    const qsizetype memory = usedMemory();
    for (int i = 0; i < 200; ++i)
        cycle();
    const qsizetype grown = usedMemory() - memory;
    QTRY_COMPARE(openDescriptors(), descriptors); // the last ones close when the server hears of it
    QVERIFY2(grown < 200 * 50,                    // not a byte for each that was there; containers may still round up
             QByteArray::number(grown).constData());
}

void tst_Scale::postingToOneselfAsksNothingOfTheSystem()
{
    if (!underOurs())
        QSKIP("Qt's dispatcher wakes itself by a system call");
    int arrived = 0;
    const Counting counting;
    for (int i = 0; i < Messages; ++i) {
        QMetaObject::invokeMethod(
            this, [&arrived] { ++arrived; }, Qt::QueuedConnection);
        Conversation::runTurn();
    }
    const Counts counts = counting.counts();
    QCOMPARE(arrived, Messages);
    QCOMPARE(counts.calls(), counts.wait);
}

int main(int argc, char **argv)
{
    qputenv("QT_NO_GLIB", "1");
    if (QByteArray(argv[0]).endsWith("-dispatcher"))
        QCoreApplication::setEventDispatcher(new net::EpollDispatcher);
    QCoreApplication application(argc, argv);
    tst_Scale scale;
    return QTest::qExec(&scale, argc, argv);
}

#include "tst_scale.moc"
