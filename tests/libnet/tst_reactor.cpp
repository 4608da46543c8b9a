#include "tests/libnet/ear.h"
#include "tests/support/descriptorshortage.h"
#include "tests/support/heldthread.h"
#include "tests/support/waiting.h"

using net::Reactor;
using test::attentive;
using test::Ear;
using test::isOneNotifierEach;

/// Readiness of descriptors, told to whom it concerns and to nobody else.
class tst_Reactor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachReadinessIsToldAlone();
    void bothAreToldWhenBothAreWanted();
    void nothingWantedIsNothingTold();
    void wantingAgainGoesOn();
    void aHangUpWakesWhoeverWaits();
    void exactlyTheReadyOnesAreTold();
    void whoIsForgottenInTheSameTurnHearsNothing();
    void aNewDescriptorHearsNothingOfTheOld();
    void aWatchMayDieInItsOwnCall();
    void aWatchMayForgetItselfInItsOwnCall();
    void aNestedLoopTellsTheOthers();
    void aRegularFileCannotBeWatched();
    void twoWatchesOfOneDescriptorAreBothTold();
    void withoutADescriptorForEpollEverybodyIsToldAllTheSame();
    void watchesMayOutliveTheirThread(); // last: what the thread still closes is a descriptor for somebody else
};

void tst_Reactor::eachReadinessIsToldAlone()
{
    Ear reader([](Ear &ear, quint8) { ear.hear(); });
    reader.want(Reactor::Readable);
    test::settle();
    QCOMPARE(reader.calls, 0);
    reader.say();
    WAIT_FOR(reader.calls == 1);
    QCOMPARE(reader.heard, quint8(Reactor::Readable));

    Ear writer([](Ear &ear, quint8) { ear.want(Reactor::Nothing); });
    writer.say(); // readable too, but that is not wanted
    writer.want(Reactor::Writable);
    WAIT_FOR(writer.calls == 1);
    QCOMPARE(writer.heard, quint8(Reactor::Writable));
}

void tst_Reactor::bothAreToldWhenBothAreWanted()
{
    Ear ear;
    ear.say();
    ear.want(Reactor::Readable | Reactor::Writable);
    WAIT_FOR(ear.heard == (Reactor::Readable | Reactor::Writable));
}

void tst_Reactor::nothingWantedIsNothingTold()
{
    Ear ear;
    ear.want(Reactor::Readable);
    ear.say();
    ear.want(Reactor::Nothing);
    test::settle();
    QCOMPARE(ear.calls, 0);
    ear.there.reset();
    test::settle();
    QCOMPARE(ear.calls, 0);
    Ear never;
    never.want(Reactor::Nothing);
    never.forget();
}

void tst_Reactor::wantingAgainGoesOn()
{
    Ear ear([](Ear &self, quint8) { self.want(Reactor::Nothing); });
    ear.say();
    for (int calls = 1; calls <= 3; ++calls) {
        ear.want(Reactor::Readable);
        WAIT_FOR(ear.calls == calls);
        test::settle();
        QCOMPARE(ear.calls, calls);
    }
}

void tst_Reactor::aHangUpWakesWhoeverWaits()
{
    Ear reader([](Ear &self, quint8) { self.want(Reactor::Nothing); });
    reader.want(Reactor::Readable);
    reader.there.reset();
    WAIT_FOR(reader.calls == 1);
    Ear writer([](Ear &self, quint8) { self.want(Reactor::Nothing); });
    writer.there.reset();
    writer.want(Reactor::Writable);
    WAIT_FOR(writer.calls == 1);
}

void tst_Reactor::exactlyTheReadyOnesAreTold()
{
    constexpr int Many = 300;
    QRandomGenerator random(7);
    int calls = 0;
    std::vector<std::unique_ptr<Ear>> ears;
    for (int i = 0; i < Many; ++i) {
        ears.push_back(attentive(calls));
        QVERIFY(ears.back()->here);
        ears.back()->want(Reactor::Readable);
    }
    std::vector<int> said(Many, 0);
    int total = 0;
    for (int round = 0; round < 5; ++round) {
        for (int i = 0; i < Many; ++i) {
            if (random.bounded(3) == 0) {
                ears[size_t(i)]->say();
                ++said[size_t(i)];
                ++total;
            }
        }
        WAIT_FOR(calls == total);
        for (int i = 0; i < Many; ++i)
            QCOMPARE(ears[size_t(i)]->calls, said[size_t(i)]);
    }
    // Holes in the table are filled again.
    for (int i = 0; i < Many; i += 2)
        ears[size_t(i)].reset();
    for (int i = 0; i < Many; i += 2) {
        ears[size_t(i)] = attentive(calls);
        ears[size_t(i)]->want(Reactor::Readable);
        ears[size_t(i)]->say();
    }
    WAIT_FOR(calls == total + Many / 2);
}

void tst_Reactor::whoIsForgottenInTheSameTurnHearsNothing()
{
    for (int round = 0; round < 2; ++round) {
        std::vector<std::unique_ptr<Ear>> ears;
        int calls = 0;
        const auto forgetOthers = [&](Ear &self, quint8) {
            ++calls;
            self.hear();
            for (const auto &ear : ears) {
                if (ear.get() == &self)
                    continue;
                if (round == 0)
                    ear->forget();
                else
                    ear->want(Reactor::Nothing);
            }
        };
        for (int i = 0; i < 10; ++i) {
            ears.push_back(std::make_unique<Ear>(forgetOthers));
            ears.back()->want(Reactor::Readable);
        }
        for (const auto &ear : ears)
            ear->say();
        WAIT_FOR(calls > 0);
        test::settle();
        QCOMPARE(calls, 1);
    }
}

void tst_Reactor::aNewDescriptorHearsNothingOfTheOld()
{
    // The first of two deletes the second and makes a new one, which gets the same descriptor and the same place.
    std::unique_ptr<Ear> ears[2];
    std::unique_ptr<Ear> fresh;
    int calls = 0;
    for (int i = 0; i < 2; ++i) {
        ears[i] = std::make_unique<Ear>([&, i](Ear &self, quint8) {
            self.hear();
            ++calls;
            ears[1 - i].reset();
            fresh = std::make_unique<Ear>();
            fresh->want(Reactor::Readable);
        });
        ears[i]->want(Reactor::Readable);
    }
    ears[0]->say();
    ears[1]->say();
    WAIT_FOR(calls > 0);
    test::settle();
    QCOMPARE(calls, 1);
    QCOMPARE(fresh->calls, 0);
    fresh->say();
    WAIT_FOR(fresh->calls > 0);
}

void tst_Reactor::aWatchMayDieInItsOwnCall()
{
    std::unique_ptr<Ear> ear;
    int calls = 0;
    ear = std::make_unique<Ear>([&](Ear &, quint8) {
        ++calls;
        // The function would go with the watch: keep what is being called.
        const auto then = std::move(ear->then);
        ear.reset();
    });
    ear->want(Reactor::Readable | Reactor::Writable);
    WAIT_FOR(calls == 1);
    test::settle();
    QCOMPARE(calls, 1);
}

void tst_Reactor::aWatchMayForgetItselfInItsOwnCall()
{
    Ear ear([](Ear &self, quint8) {
        self.forget();
        self.forget();
    });
    ear.say();
    ear.want(Reactor::Readable);
    WAIT_FOR(ear.calls == 1);
    test::settle();
    QCOMPARE(ear.calls, 1);
    ear.then = {};
    ear.want(Reactor::Readable);
    WAIT_FOR(ear.calls > 1);
}

void tst_Reactor::aNestedLoopTellsTheOthers()
{
    std::vector<std::unique_ptr<Ear>> ears;
    int calls = 0;
    for (int i = 0; i < 5; ++i) {
        ears.push_back(std::make_unique<Ear>([&](Ear &self, quint8) {
            self.hear();
            if (++calls == 1)
                test::waitFor([&calls] { return calls == 5; });
        }));
        ears.back()->want(Reactor::Readable);
    }
    for (const auto &ear : ears)
        ear->say();
    WAIT_FOR(calls == 5);
}

void tst_Reactor::aRegularFileCannotBeWatched()
{
    if (isOneNotifierEach())
        QSKIP("poll() says that a file is always ready");
    QTemporaryFile file;
    QVERIFY(file.open());
    Ear ear;
    ear.here.reset(::dup(file.handle()));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("can't be watched")));
    ear.want(Reactor::Readable);
    test::settle();
    QCOMPARE(ear.calls, 0);
}

void tst_Reactor::watchesMayOutliveTheirThread()
{
    const auto ear = std::make_unique<Ear>();
    test::HeldThread thread([&ear] { ear->want(Reactor::Readable); });
    QVERIFY(thread.wait());
    // What belongs to the thread is still there, but has let go.
    ear->say();
    ear->want(Reactor::Readable);
    WAIT_FOR(ear->calls > 0);
}

// epoll takes a descriptor once: the second is looked at by the clock, until it is alone.
void tst_Reactor::twoWatchesOfOneDescriptorAreBothTold()
{
    if (isOneNotifierEach())
        QSKIP("there is no epoll in this one");
    Ear first;
    Ear second;
    first.want(Reactor::Readable);
    second.here.reset(first.here.get());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("can't watch descriptor")));
    second.want(Reactor::Readable);
    WAIT_FOR(second.calls > 0);
    QCOMPARE(first.calls, 0);
    first.say();
    WAIT_FOR(first.calls > 0);
    first.forget();
    const int before = second.calls;
    WAIT_FOR(second.calls > before);
    first.here.release(); // the second has it
}

void tst_Reactor::withoutADescriptorForEpollEverybodyIsToldAllTheSame()
{
    if (isOneNotifierEach())
        QSKIP("there is no epoll in this one");
    QThread thread;
    QObject inside;
    inside.moveToThread(&thread);
    thread.start();
    const auto inThread = [&inside](auto function) {
        QMetaObject::invokeMethod(&inside, function, Qt::BlockingQueuedConnection);
    };
    inThread([] {});
    std::atomic<int> heard = 0;
    auto ear = std::make_unique<Ear>([&heard](Ear &self, quint8) {
        char byte = 0;
        if (::read(self.here.get(), &byte, 1) == 1)
            ++heard;
    });
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("can't watch descriptor")));
        test::DescriptorShortage shortage(0);
        inThread([&] {
            // A sanitizer opens files of its own, at any time.
            shortage.takeAll();
            ear->want(Reactor::Readable);
        });
        ear->say();
        WAIT_FOR(heard == 1);
    }
    ear->say();
    WAIT_FOR(heard == 2);
    inThread([&ear] { ear.reset(); });
    thread.quit();
    QVERIFY(thread.wait(test::LongestWait));
}

QTEST_GUILESS_MAIN(tst_Reactor)
#include "tst_reactor.moc"
