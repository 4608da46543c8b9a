#include "tests/cluster/leavesnothing.h"
#include "tests/cluster/nodescript.h"
#include "tests/cluster/stage.h"

using namespace Qt::StringLiterals;
using net::Worker;
using test::RawPeer;
using test::Stage;

/// Workers that are full do with connections what Node's do, as node/full.js has it.
class tst_NodeFull : public test::LeavesNothing
{
    Q_OBJECT
private Q_SLOTS:
    void connectionsToFullWorkers_data();
    void connectionsToFullWorkers();

private:
    quint16 listen(Stage &stage, Worker *worker, bool drop);
    void visit(quint16 port);

    QStringList m_log;
    std::vector<RawPeer> m_peers;
};

void tst_NodeFull::connectionsToFullWorkers_data()
{
    QTest::addColumn<bool>("drop");
    QTest::newRow("go on waiting") << false;
    QTest::newRow("are dropped") << true;
}

quint16 tst_NodeFull::listen(Stage &stage, Worker *worker, bool drop)
{
    const QCborMap told = stage.listen(worker, {{u"port"_s, 0}, {u"max"_s, 1}, {u"dropMax"_s, drop}});
    return quint16(told.value(u"port"_s).toInteger());
}

// Another client, until it is served or closed.
void tst_NodeFull::visit(quint16 port)
{
    m_peers.push_back(RawPeer::connectedTo(port));
    const bool served = Stage::who(m_peers.back()) > 0;
    m_log.append(QString::number(m_peers.size()) + (served ? u" served"_s : u" closed"_s));
}

void tst_NodeFull::connectionsToFullWorkers()
{
    if (!test::hasNode())
        QSKIP("needs Node 20 or newer");
    QFETCH(const bool, drop);
    const QStringList expected = test::nodesEvents(u"full.js"_s, {drop ? u"drop"_s : u"wait"_s}, {});
    if (expected == QStringList(u"unknown"_s))
        QSKIP("needs Node 22.12 or newer, which knows dropMaxConnection");
    m_log.clear();
    Stage stage;
    Worker *const one = stage.fork();
    Worker *const two = stage.fork();
    const quint16 port = listen(stage, one, drop);
    listen(stage, two, drop);
    visit(port);
    visit(port);
    if (drop) {
        visit(port);
        QVERIFY(!stage.told(one, u"drop"_s).isEmpty());
        m_log.append(u"dropped by 1"_s);
        visit(port);
        QVERIFY(!stage.told(two, u"drop"_s).isEmpty());
        m_log.append(u"dropped by 2"_s);
    } else {
        RawPeer third = RawPeer::connectedTo(port);
        for (int i = 0; i < 20; ++i)
            QCOMPARE(stage.count(i % 2 ? two : one), 2);
        QCOMPARE(third.readSome(), QByteArray());
        m_log.append(u"1 leaves"_s);
        m_peers.front().close();
        m_log.append(Stage::who(third) == one->id() ? u"3 served"_s : u"3 closed"_s);
    }
    m_peers.clear();
    QCOMPARE(m_log.join(u'\n'), expected.join(u'\n'));
    QCOMPARE(stage.leftOver(), QString());
}

QTEST_GUILESS_MAIN(tst_NodeFull)
#include "tst_nodefull.moc"
