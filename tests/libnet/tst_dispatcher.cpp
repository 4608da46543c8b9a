#include "tests/libnet/dispatchers.h"
#include "tests/support/connectedpair.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using net::Socket;
using test::ConnectedPair;
using test::Ends;

/// What Qt promises of an event dispatcher: who waits is woken, loops nest, and everything of Qt's works under it.
class tst_Dispatcher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theDispatcherIsTheOneMeant();
    void whatOtherThreadsPostArrives();
    void aSleeperIsWoken();
    void anInterruptEndsTheWait();
    void excludedSocketsWait();
    void excludedTimersWait();
    void theSignalsFrameTheWait();
    void whatIsPostedOnTheWayToSleepIsNotSleptOver();
    void whoWaitsForAPostedEventHasGotIt();
    void itSaysWhetherSomethingWasDone();
    void nestedLoopsEndFromTheInside();
    void deleteLaterComesAfterTheSlot_data();
    void deleteLaterComesAfterTheSlot();
    void deleteLaterWaitsForTheOuterLoop();
    void processesRun();
    void qtsSocketsTalk();
    void libnetTalksInAThread();
    void socketsMoveBetweenDispatchers();
};

void tst_Dispatcher::theDispatcherIsTheOneMeant()
{
    const bool meant = QCoreApplication::applicationFilePath().endsWith(u"-dispatcher"_s);
    QCOMPARE(test::underOurs(), meant);
}

void tst_Dispatcher::whatOtherThreadsPostArrives()
{
#ifdef __SANITIZE_THREAD__
    constexpr int Each = 200; // each event costs it 3 ms: a report about Qt that is suppressed afterwards
#else
    constexpr int Each = 5'000;
#endif
    QObject target;
    int arrived = 0;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < 3; ++i) {
        threads.emplace_back(QThread::create([&] {
            for (int n = 0; n < Each; ++n) {
                QMetaObject::invokeMethod(
                    &target, [&arrived] { ++arrived; }, Qt::QueuedConnection);
                if (n % 100 == 0) // lets the other side fall asleep now and then
                    QThread::usleep(500);
            }
        }));
        threads.back()->start();
    }
    WAIT_FOR(arrived == 3 * Each);
    for (const auto &thread : threads)
        QVERIFY(thread->wait(test::LongestWait));
}

void tst_Dispatcher::aSleeperIsWoken()
{
    QAbstractEventDispatcher *const dispatcher = QAbstractEventDispatcher::instance();
    std::atomic<int> asleep = 0;
    const auto count = connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [&] { ++asleep; });
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        for (int i = 1; i <= 100; ++i) {
            while (asleep < i)
                QThread::yieldCurrentThread();
            dispatcher->wakeUp();
        }
    }));
    thread->start();
    while (asleep < 100)
        test::process(QEventLoop::WaitForMoreEvents); // would hang
    QVERIFY(thread->wait(test::LongestWait));
    disconnect(count);
}

void tst_Dispatcher::anInterruptEndsTheWait()
{
    QAbstractEventDispatcher *const dispatcher = QAbstractEventDispatcher::instance();
    std::atomic<bool> asleep = false;
    const auto mark = connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [&] { asleep = true; });
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        while (!asleep)
            QThread::yieldCurrentThread();
        dispatcher->interrupt();
    }));
    thread->start();
    while (!asleep)
        test::process(QEventLoop::WaitForMoreEvents);
    QVERIFY(thread->wait(test::LongestWait));
    disconnect(mark);
}

void tst_Dispatcher::excludedSocketsWait()
{
    Ends ends;
    int heard = 0;
    QSocketNotifier notifier(ends.here.get(), QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] { heard += ends.hear(); });
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    QByteArray received;
    connect(pair.accepted, &Socket::data, this, [&](const QByteArray &bytes) { received += bytes; });
    test::settle();
    ends.say();
    pair.client.write("x");
    bool ticked = false;
    QTimer::singleShot(30, Qt::PreciseTimer, this, [&] { ticked = true; });
    while (!ticked) // sleeps until the timer, though there is something to read
        test::process(QEventLoop::WaitForMoreEvents | QEventLoop::ExcludeSocketNotifiers);
    QCOMPARE(heard, 0);
    QCOMPARE(received, QByteArray());
    WAIT_FOR(heard == 1 && received == "x");
    bool posted = false;
    QMetaObject::invokeMethod(
        this, [&] { posted = true; }, Qt::QueuedConnection);
    test::process(QEventLoop::ExcludeSocketNotifiers | QEventLoop::ExcludeUserInputEvents);
    QVERIFY(posted);
}

void tst_Dispatcher::excludedTimersWait()
{
    bool ticked = false;
    QTimer::singleShot(0, Qt::PreciseTimer, this, [&] { ticked = true; });
    QTimer timer;
    int ticks = 0;
    timer.callOnTimeout([&] { ++ticks; });
    timer.start(0);
    for (int i = 0; i < 3; ++i)
        test::process(QEventLoop::X11ExcludeTimers);
    QCOMPARE(ticks, 0);
    test::process(QEventLoop::AllEvents);
    QCOMPARE(ticks, 1);
    WAIT_FOR(ticked);
}

void tst_Dispatcher::theSignalsFrameTheWait()
{
    QAbstractEventDispatcher *const dispatcher = QAbstractEventDispatcher::instance();
    test::settle();
    QStringList told;
    QObject context;
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, &context, [&] { told.append(u"aboutToBlock"_s); });
    connect(dispatcher, &QAbstractEventDispatcher::awake, &context, [&] { told.append(u"awake"_s); });
    test::process(QEventLoop::AllEvents);
    QVERIFY(!told.contains(u"aboutToBlock"_s));
    told.clear();
    QTimer::singleShot(10, Qt::PreciseTimer, &context, [&] { told.append(u"timer"_s); });
    while (!told.contains(u"timer"_s))
        test::process(QEventLoop::WaitForMoreEvents);
    QCOMPARE(told.first(), u"awake"_s);
    QVERIFY(told.indexOf(u"aboutToBlock"_s) > 0);
    QCOMPARE(told.last(), u"timer"_s);
}

void tst_Dispatcher::whatIsPostedOnTheWayToSleepIsNotSleptOver()
{
    bool posted = false;
    QEventLoop loop;
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, &loop, [&] {
        if (!std::exchange(posted, true))
            QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    loop.exec(); // would hang
    QVERIFY(posted);
}

void tst_Dispatcher::whoWaitsForAPostedEventHasGotIt()
{
    bool arrived = false;
    QMetaObject::invokeMethod(
        this, [&] { arrived = true; }, Qt::QueuedConnection);
    test::process(QEventLoop::WaitForMoreEvents); // would hang
    QVERIFY(arrived);
}

void tst_Dispatcher::itSaysWhetherSomethingWasDone()
{
    test::settle();
    for (int i = 0; i < 10 && test::process(QEventLoop::AllEvents); ++i) {
    }
    QVERIFY(!test::process(QEventLoop::AllEvents));
    QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    QVERIFY(test::process(QEventLoop::AllEvents));
    QVERIFY(!test::process(QEventLoop::AllEvents));
}

void tst_Dispatcher::nestedLoopsEndFromTheInside()
{
    QStringList told;
    QEventLoop outer;
    QTimer::singleShot(0, this, [&] {
        QEventLoop inner;
        QTimer::singleShot(0, this, [&] {
            outer.quit(); // first, and yet it ends last
            inner.exit(7);
        });
        told.append(u"inner %1"_s.arg(inner.exec()));
    });
    told.append(u"outer %1"_s.arg(outer.exec()));
    QCOMPARE(told, QStringList({u"inner 7"_s, u"outer 0"_s}));
}

void tst_Dispatcher::deleteLaterComesAfterTheSlot_data()
{
    QTest::addColumn<QString>("in");
    QTest::newRow("a notifier's slot") << u"notifier"_s;
    QTest::newRow("a timer's slot") << u"timer"_s;
    QTest::newRow("a posted event") << u"posted"_s;
    QTest::newRow("a socket's slot") << u"socket"_s;
}

void tst_Dispatcher::deleteLaterComesAfterTheSlot()
{
    QFETCH(QString, in);
    Ends ends;
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    QEventLoop loop;
    bool inSlot = false;
    bool goneInSlot = false;
    auto *object = new QObject;
    connect(object, &QObject::destroyed, this, [&] {
        goneInSlot = inSlot;
        loop.quit();
    });
    const auto slot = [&] {
        inSlot = true;
        if (object)
            std::exchange(object, nullptr)->deleteLater();
        QCoreApplication::sendPostedEvents();
        inSlot = false;
    };
    QSocketNotifier notifier(ends.here.get(), QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        ends.hear();
        slot();
    });
    connect(pair.accepted, &Socket::data, this, slot);
    if (in == u"notifier"_s)
        ends.say();
    else if (in == u"timer"_s)
        QTimer::singleShot(1, this, slot);
    else if (in == u"posted"_s)
        QMetaObject::invokeMethod(this, slot, Qt::QueuedConnection);
    else
        pair.client.write("x");
    QTimer::singleShot(test::LongestWait, &loop, [&] { loop.exit(1); });
    QCOMPARE(loop.exec(), 0);
    QVERIFY(!goneInSlot);
}

void tst_Dispatcher::deleteLaterWaitsForTheOuterLoop()
{
    QPointer<QObject> object = new QObject;
    bool aliveInside = false;
    QEventLoop outer;
    QTimer::singleShot(0, this, [&] {
        object->deleteLater();
        QEventLoop inner;
        QTimer::singleShot(10, &inner, &QEventLoop::quit);
        inner.exec();
        aliveInside = !object.isNull();
        connect(object, &QObject::destroyed, &outer, &QEventLoop::quit);
    });
    QTimer::singleShot(test::LongestWait, &outer, [&] { outer.exit(1); });
    QCOMPARE(outer.exec(), 0);
    QVERIFY(aliveInside);
}

void tst_Dispatcher::processesRun()
{
    QProcess process;
    QByteArray said;
    int code = -1;
    connect(&process, &QProcess::readyReadStandardOutput, this, [&] { said += process.readAllStandardOutput(); });
    connect(&process, &QProcess::finished, this, [&](int exitCode) { code = exitCode; });
    process.start(u"/bin/sh"_s, {u"-c"_s, u"read line; echo \"[$line]\"; exit 3"_s});
    process.write("words\n");
    WAIT_FOR(code == 3);
    QCOMPARE(said, QByteArray("[words]\n"));
}

void tst_Dispatcher::qtsSocketsTalk()
{
    const QByteArray message(300'000, 'x');
    QByteArray tcp;
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *const socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->write(socket->readAll()); });
    });
    QTcpSocket client;
    connect(&client, &QTcpSocket::readyRead, this, [&] { tcp += client.readAll(); });
    client.connectToHost(QHostAddress::LocalHost, server.serverPort());
    client.write(message);

    QByteArray local;
    const QTemporaryDir folder;
    QLocalServer localServer;
    QVERIFY(localServer.listen(folder.filePath(u"s"_s)));
    connect(&localServer, &QLocalServer::newConnection, this, [&] {
        QLocalSocket *const socket = localServer.nextPendingConnection();
        connect(socket, &QLocalSocket::readyRead, socket, [socket] { socket->write(socket->readAll()); });
    });
    QLocalSocket localClient;
    connect(&localClient, &QLocalSocket::readyRead, this, [&] { local += localClient.readAll(); });
    localClient.connectToServer(localServer.fullServerName());
    localClient.write(message);
    WAIT_FOR(tcp.size() == message.size() && local.size() == message.size());
}

void tst_Dispatcher::libnetTalksInAThread()
{
    // Each in a thread with a dispatcher of its own, and the one begun after the other has ended.
    for (int round = 0; round < 2; ++round) {
        QThread thread;
        test::runLikeUs(thread);
        QObject worker;
        worker.moveToThread(&thread);
        QByteArray echo;
        std::atomic<bool> ended = false;
        thread.start();
        QMetaObject::invokeMethod(&worker, [&] {
            auto *pair = new ConnectedPair;
            connect(pair->accepted, &Socket::data, pair->accepted,
                    [pair](const QByteArray &bytes) { pair->accepted->end(bytes); });
            connect(&pair->client, &Socket::data, &pair->client, [&](const QByteArray &bytes) { echo += bytes; });
            connect(&pair->client, &Socket::closed, &pair->client, [&] {
                ended = true;
                QThread::currentThread()->quit();
            });
            connect(
                &thread, &QThread::finished, &pair->client, [pair] { delete pair; }, Qt::DirectConnection);
            pair->client.write("words");
        });
        WAIT_FOR(ended.load());
        QVERIFY(thread.wait(test::LongestWait));
        QCOMPARE(echo, QByteArray("words"));
    }
}

void tst_Dispatcher::socketsMoveBetweenDispatchers()
{
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    QThread thread; // under the other kind of dispatcher than we are
    if (!test::underOurs())
        thread.setEventDispatcher(new net::EpollDispatcher);
    thread.start();
    Socket *const socket = pair.accepted;
    socket->setParent(nullptr);
    std::atomic<bool> elsewhere = false;
    connect(
        socket, &Socket::data, socket,
        [&elsewhere, socket](const QByteArray &bytes) {
            elsewhere = QThread::currentThread() != QCoreApplication::instance()->thread();
            socket->write(bytes);
        },
        Qt::DirectConnection);
    socket->moveToThread(&thread);
    QByteArray echo;
    connect(&pair.client, &Socket::data, this, [&](const QByteArray &bytes) { echo += bytes; });
    pair.client.write("words");
    WAIT_FOR(echo == "words");
    QVERIFY(elsewhere);
    QMetaObject::invokeMethod(
        socket, [socket] { delete socket; }, Qt::BlockingQueuedConnection);
    thread.quit();
    QVERIFY(thread.wait(test::LongestWait));
}

QTEST_GUILESS_MAIN(tst_Dispatcher)
#include "tst_dispatcher.moc"
