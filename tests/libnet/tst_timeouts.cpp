#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include "libnet/stream/idletimer.h"

using namespace Qt::StringLiterals;
using net::Socket;
using test::ConnectedPair;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// Sockets that nobody talks to. What happens is asserted, never when: another timer, set later for as long or
/// longer, shows that the time has passed in which something should not have happened.
class tst_Timeouts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anIdleSocketIsToldAndStaysOpen();
    void readingStartsAnew();
    void writingStartsAnew();
    void activityPutsItOff();
    void zeroRemovesIt();
    void aNewTimeoutReplacesTheOld();
    void anUnconnectedSocketHasThemToo();
    void neverAfterDestroy();
    void anOptionOfConnectingStartsWithIt();
    void aSlotMayDeleteTheSocket();
    void aSlotMaySetAnother();
    void manyTimersFireInTheOrderOfTheirDeadlines();
    void timersMayGoInsideAnothersCall();

private:
    static void passTime(int atLeast);
};

// Until a timer of that length has fired that was started now.
void tst_Timeouts::passTime(int atLeast)
{
    Socket clock;
    EventLog log(&clock);
    clock.setTimeout(atLeast);
    QVERIFY(test::waitFor([&] { return log.contains(u"timedOut"_s); }));
    test::settle();
}

void tst_Timeouts::anIdleSocketIsToldAndStaysOpen()
{
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    EventLog log(&pair.client);
    pair.client.setTimeout(20);
    QCOMPARE(pair.client.timeout(), 20);
    COMPARE_EVENTS(log, "timedOut");
    QVERIFY(!pair.client.isDestroyed());
    // Once, until something happens.
    passTime(40);
    QCOMPARE(log.text(), u"timedOut"_s);
}

void tst_Timeouts::readingStartsAnew()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    COMPARE_EVENTS(log, "connected, ready");
    socket.setTimeout(20);
    COMPARE_EVENTS(log, "connected, ready, timedOut");
    QVERIFY(peer.write("abc"));
    COMPARE_EVENTS(log, "connected, ready, timedOut, data 3, timedOut");
}

void tst_Timeouts::writingStartsAnew()
{
    ConnectedPair pair;
    EventLog log(&pair.client);
    pair.client.setTimeout(20);
    COMPARE_EVENTS(log, "timedOut");
    pair.client.write("abc");
    COMPARE_EVENTS(log, "timedOut, timedOut");
}

void tst_Timeouts::activityPutsItOff()
{
    ConnectedPair pair;
    EventLog log(&pair.client);
    pair.client.setTimeout(400);
    Socket clock;
    EventLog clockLog(&clock);
    clock.setTimeout(600);
    WAIT_FOR((pair.client.write("x"), clockLog.contains(u"timedOut"_s)));
    QCOMPARE(log.text(), QString());
}

void tst_Timeouts::zeroRemovesIt()
{
    ConnectedPair pair;
    EventLog log(&pair.client);
    pair.client.setTimeout(10);
    pair.client.setTimeout(0);
    QCOMPARE(pair.client.timeout(), 0);
    pair.client.write("activity");
    passTime(30);
    QCOMPARE(log.text(), QString());
    Socket never;
    never.setTimeout(0);
    never.setTimeout(-5);
    QCOMPARE(never.timeout(), 0);
}

void tst_Timeouts::aNewTimeoutReplacesTheOld()
{
    ConnectedPair pair;
    EventLog log(&pair.client);
    pair.client.setTimeout(10);
    pair.client.setTimeout(3'600'000);
    passTime(30);
    QCOMPARE(log.text(), QString());
    pair.client.setTimeout(10);
    COMPARE_EVENTS(log, "timedOut");
}

void tst_Timeouts::anUnconnectedSocketHasThemToo()
{
    Socket socket;
    EventLog log(&socket);
    socket.setTimeout(5);
    COMPARE_EVENTS(log, "timedOut");
}

void tst_Timeouts::neverAfterDestroy()
{
    ConnectedPair pair;
    EventLog log(&pair.client);
    pair.client.setTimeout(10);
    pair.client.destroy();
    pair.client.setTimeout(10);
    passTime(30);
    QCOMPARE(log.text(), u"closed"_s);
}

void tst_Timeouts::anOptionOfConnectingStartsWithIt()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo({.port = listener.port(), .host = u"127.0.0.1"_s, .timeout = 20});
    QCOMPARE(socket.timeout(), 20);
    COMPARE_EVENTS(log, "connected, ready, timedOut");
}

void tst_Timeouts::aSlotMayDeleteTheSocket()
{
    QPointer<Socket> socket = new Socket;
    connect(socket, &Socket::timedOut, this, [&] { delete socket; });
    socket->setTimeout(5);
    Socket other;
    EventLog log(&other);
    other.setTimeout(5);
    COMPARE_EVENTS(log, "timedOut");
    QVERIFY(!socket);
}

void tst_Timeouts::aSlotMaySetAnother()
{
    Socket socket;
    EventLog log(&socket);
    int left = 3;
    connect(&socket, &Socket::timedOut, this, [&] {
        if (--left > 0)
            socket.setTimeout(1);
    });
    socket.setTimeout(5);
    COMPARE_EVENTS(log, "timedOut, timedOut, timedOut");
}

// IdleTimer itself -------------------------------------------------------------------------------------------

struct Idler : net::IdleTimer::Owner
{
    explicit Idler(std::function<void()> function = {}) : then(std::move(function)) {}
    void idle() override
    {
        if (then)
            then();
    }

    std::function<void()> then;
    net::IdleTimer timer{*this};
};

void tst_Timeouts::manyTimersFireInTheOrderOfTheirDeadlines()
{
    QList<int> fired;
    std::vector<std::unique_ptr<Idler>> idlers;
    for (const int deadline : {30, 5, 20, 10, 25, 15}) {
        idlers.push_back(std::make_unique<Idler>([&fired, deadline] { fired.append(deadline); }));
        idlers.back()->timer.start(deadline);
    }
    idlers[2]->timer.stop(); // 20
    WAIT_FOR(fired.size() == 5);
    QCOMPARE(fired, QList<int>({5, 10, 15, 25, 30}));
}

void tst_Timeouts::timersMayGoInsideAnothersCall()
{
    std::unique_ptr<Idler> second;
    std::unique_ptr<Idler> first;
    std::unique_ptr<Idler> last;
    bool done = false;
    first = std::make_unique<Idler>([&] {
        second.reset();
        first.reset();
    });
    second = std::make_unique<Idler>([] { QFAIL("is gone by now"); });
    last = std::make_unique<Idler>([&done] { done = true; });
    first->timer.start(5);
    second->timer.start(6);
    last->timer.start(7);
    WAIT_FOR(done);
    QVERIFY(!first);
}

QTEST_GUILESS_MAIN(tst_Timeouts)
#include "tst_timeouts.moc"
