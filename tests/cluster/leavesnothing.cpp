#include "tests/cluster/leavesnothing.h"

#include "tests/cluster/stage.h"

namespace test {

void LeavesNothing::initTestCase()
{
    const std::unique_ptr<net::Worker> worker(net::Worker::fork({.exec = actorProgram(), .args = QStringList()}));
    Stage::order(worker.get(), QStringLiteral("leave"));
    QVERIFY(waitFor([&] { return worker->isDead(); }));
}

void LeavesNothing::init()
{
    settle();
    m_before = Footprint::now(folder());
}

void LeavesNothing::cleanup()
{
    // A notifier of the process that was the last may take a turn.
    waitFor([this] { return Footprint::now(folder()) == m_before; }, 3000);
    QCOMPARE(Footprint::now(folder()).text(), m_before.text());
}

} // namespace test
