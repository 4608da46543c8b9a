#include "tests/libnet/ear.h"
#include "tests/support/waiting.h"

using net::Reactor;
using test::attentive;
using test::Ear;
using test::isOneNotifierEach;

/// Whoever is always ready leaves the others their turn.
class tst_ReactorFairness : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFloodLeavesOtherEventsTheirTurn();
    void everyoneInAFloodHasATurn();
    void whoeverIsBusyAloneKeepsNobodyWaiting();
};

void tst_ReactorFairness::aFloodLeavesOtherEventsTheirTurn()
{
    if (isOneNotifierEach())
        QSKIP("here Qt itself decides who is next");
    // Always readable, and each call costs half of what a turn may move.
    constexpr int Many = 64;
    std::vector<std::unique_ptr<Ear>> ears;
    int calls = 0;
    for (int i = 0; i < Many; ++i) {
        ears.push_back(std::make_unique<Ear>([&calls](Ear &, quint8) {
            ++calls;
            Reactor::current().spend(512 * 1024);
        }));
        ears.back()->want(Reactor::Readable);
        ears.back()->say();
    }
    int callsBeforeTimer = -1;
    QTimer::singleShot(0, this, [&] { callsBeforeTimer = calls; });
    WAIT_FOR(callsBeforeTimer >= 0);
    QVERIFY2(callsBeforeTimer <= 8, qPrintable(QString::number(callsBeforeTimer)));
}

void tst_ReactorFairness::everyoneInAFloodHasATurn()
{
    constexpr int Many = 200;
    std::vector<std::unique_ptr<Ear>> ears;
    int calls = 0;
    for (int i = 0; i < Many; ++i) {
        ears.push_back(std::make_unique<Ear>([&calls](Ear &, quint8) {
            ++calls;
            Reactor::current().spend(512 * 1024);
        }));
        ears.back()->want(Reactor::Readable);
        ears.back()->say();
    }
    WAIT_FOR(calls >= 3 * Many);
    for (const auto &ear : ears)
        QVERIFY(ear->calls >= 1);
}

void tst_ReactorFairness::whoeverIsBusyAloneKeepsNobodyWaiting()
{
    // Long enough alone to be expected, and never at rest.
    Ear other([](Ear &ear, quint8) { ear.hear(); });
    other.want(Reactor::Readable);
    int since = 0;
    Ear busy([&](Ear &ear, quint8) {
        ear.hear();
        Reactor::current().spend(1);
        if (ear.calls == 100)
            other.say();
        if (ear.calls >= 100)
            ++since;
        if (other.calls == 0)
            ear.say();
    });
    busy.want(Reactor::Readable);
    busy.say();
    WAIT_FOR(other.calls == 1);
    // Within the turns after which the system is asked in any case, each of some batches.
    QVERIFY2(since <= 200, qPrintable(QString::number(since)));
    // And who was expected may be silent from now on.
    busy.forget();
    other.say();
    WAIT_FOR(other.calls == 2);
}

QTEST_GUILESS_MAIN(tst_ReactorFairness)
#include "tst_reactorfairness.moc"
