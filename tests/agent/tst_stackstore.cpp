#include "libnet/agent/stackstore.h"
#include "libnet/agent/stackview.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <thread>

using namespace net::agent;

/// Stacks are kept once each, within a budget, and what finds no place is counted.
class tst_StackStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void equalStacksShareANumber();
    void whatFindsNoPlaceIsCounted();
    void manyThreadsAgree();
    void theApplicationsWishIsCountedOnce();
    void addressesAreFoundInTheirModules();
};

void tst_StackStore::equalStacksShareANumber()
{
    StackStore store(1 << 20);
    const std::vector<quint64> one{1, 2, 3};
    const std::vector<quint64> other{1, 2, 4};
    const std::vector<quint64> part{1, 2};
    QCOMPARE(store.keep(one), 1u);
    QCOMPARE(store.keep(other), 2u);
    QCOMPARE(store.keep(part), 3u);
    QCOMPARE(store.keep(one), 1u);
    QCOMPARE(store.count(), 3u);
    QCOMPARE(store.addresses(2), other);
    QCOMPARE(store.lost(), 0u);
}

void tst_StackStore::whatFindsNoPlaceIsCounted()
{
    StackStore store(4096);
    std::vector<quint64> stack(40, 7);
    quint32 kept = 0;
    for (quint64 i = 0; i < 100; ++i) {
        stack.front() = i;
        kept += store.keep(stack) ? 1 : 0;
    }
    QVERIFY(kept > 0 && kept < 100);
    QCOMPARE(store.count(), kept);
    QCOMPARE(store.lost(), 100u - kept);
    QVERIFY(store.bytes() <= 4096);
    stack.front() = 0;
    QCOMPARE(store.keep(stack), 1u); // known, so it needs no room
    StackStore many(1ULL << 40);
    for (quint64 i = 0; i < 20'000; ++i)
        many.keep(std::vector{i});
    QCOMPARE(many.count() + many.lost(), 20'000u);
    QVERIFY(many.lost() > 0);
}

void tst_StackStore::manyThreadsAgree()
{
    StackStore store(1 << 20);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&store] {
            for (quint64 i = 0; i < 2000; ++i)
                store.keep(std::vector<quint64>{i % 500, i % 500 + 1});
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(store.count(), 500u);
}

void tst_StackStore::theApplicationsWishIsCountedOnce()
{
    StackStore store(1);
    QVERIFY(!store.isWanted());
    store.want(true);
    store.wantAlways();
    store.wantAlways();
    store.want(false);
    QVERIFY(store.isWanted());
}

void tst_StackStore::addressesAreFoundInTheirModules()
{
    StackStore store(1 << 20);
    StackView view(store);
    const auto here = quint64(reinterpret_cast<quintptr>(&QTest::qWait));
    const auto inCore = quint64(reinterpret_cast<quintptr>(&QCoreApplication::exec));
    store.keep(std::vector<quint64>{inCore, here, 1});
    QCOMPARE(view.count(), 0u);
    view.collect();
    QCOMPARE(view.count(), 1u);
    const auto frames = view.frames(1);
    QCOMPARE(frames.size(), 3);
    QCOMPARE(frames.at(2).module, 0u);
    for (const auto &frame : frames.first(2)) {
        const auto &module = view.modules().at(frame.module - 1);
        QCOMPARE(module.record.module, frame.module);
        QVERIFY(module.record.begin <= frame.address && frame.address < module.record.end);
        QVERIFY(QFile::exists(module.path));
    }
    QVERIFY(view.modules().at(frames.at(0).module - 1).path.contains(QStringLiteral("Qt6Core")));
    store.keep(std::vector<quint64>{inCore});
    view.collect();
    QCOMPARE(view.frames(2).constFirst().module, frames.at(0).module);
}

QTEST_GUILESS_MAIN(tst_StackStore)
#include "tst_stackstore.moc"
