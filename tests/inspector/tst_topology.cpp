#include "inspector/models/topologymodel.h"
#include "inspector/session/endpointtext.h"
#include "scene.h"

#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

QStringList drawn(const Topology &topology)
{
    QStringList lines;
    for (const TopologyEdge &edge : topology.edges)
        lines += u"%1 -> %2 x%3"_s
                     .arg(topology.nodes[static_cast<std::size_t>(edge.from)].title,
                          topology.nodes[static_cast<std::size_t>(edge.to)].title)
                     .arg(edge.connections);
    return lines;
}

Description between(Description socket, quint16 local, const QString &address, quint16 remote)
{
    socket.record.localPort = local;
    socket.remoteAddress = address;
    socket.record.remotePort = remote;
    return socket;
}

} // namespace

class tst_Topology : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothEndsAreOneConnection();
    void aMappedAddressIsTheSamePeer();
    void strangersStandOnTheirSide();
    void pathsAreJoinedByCount();
    void whatAFamilySharesIsOneNode();
    void manyPeersShareANode();
    void theFilterDecidesWhatIsDrawn();
};

void tst_Topology::bothEndsAreOneConnection()
{
    QuietSession quiet;
    quiet.addProcess(1, u"shop"_s, 11);
    quiet.addProcess(2, u"till"_s, 22);
    quiet.add(1, Scene::server(1, u"orders"_s, 8124));
    quiet.add(1, between(Scene::accepted(2, 1, 0), 8124, u"127.0.0.1"_s, 5000));
    quiet.add(1, between(Scene::accepted(3, 1, 0), 8124, u"127.0.0.1"_s, 5001));
    quiet.add(2, between(Scene::client(1, {}, 0), 5000, u"127.0.0.1"_s, 8124));
    const Topology topology = topologyOf(quiet.objects(), {}, 0);
    QCOMPARE(drawn(topology),
             (QStringList{u"till (22) -> orders  127.0.0.1:8124 x1"_s, u"127.0.0.1 -> orders  127.0.0.1:8124 x1"_s}));
    QCOMPARE(topology.nodes.size(), 3u);
}

void tst_Topology::aMappedAddressIsTheSamePeer()
{
    QuietSession quiet;
    quiet.addProcess(1, u"shop"_s, 11);
    quiet.add(1, Scene::server(1, u"orders"_s, 8124));
    Description accepted = between(Scene::accepted(2, 1, 0), 8124, u"::ffff:127.0.0.1"_s, 5000);
    accepted.localAddress = u"::ffff:127.0.0.1"_s;
    accepted.record.localFamily = accepted.record.remoteFamily = Family::IPv6;
    quiet.add(1, accepted);
    quiet.add(1, between(Scene::client(3, {}, 0), 5000, u"127.0.0.1"_s, 8124));
    // A process may well talk to itself: it stands on both sides.
    QCOMPARE(drawn(topologyOf(quiet.objects(), {}, 0)), QStringList{u"shop (11) -> orders  127.0.0.1:8124 x1"_s});
}

void tst_Topology::strangersStandOnTheirSide()
{
    QuietSession quiet;
    quiet.addProcess(1, u"shop"_s, 11);
    quiet.add(1, Scene::server(1, u"orders"_s, 8124));
    quiet.add(1, Scene::accepted(2, 1, 1002));
    quiet.add(1, Scene::accepted(3, 1, 1003)); // the same host
    quiet.add(1, Scene::client(4, {}, 80));
    const Topology topology = topologyOf(quiet.objects(), {}, 0);
    QCOMPARE(drawn(topology),
             (QStringList{u"shop (11) -> 192.168.1.9:80 x1"_s, u"10.0.0.7 -> orders  127.0.0.1:8124 x2"_s}));
    for (const TopologyNode &node : topology.nodes) {
        FilterState filter;
        QVERIFY2(filter.setText(node.condition), qPrintable(node.condition));
        QVERIFY2(!topologyOf(quiet.objects(), filter.filter(), 0).edges.empty(), qPrintable(node.condition));
    }
}

void tst_Topology::pathsAreJoinedByCount()
{
    QuietSession quiet;
    quiet.addProcess(1, u"shop"_s, 11);
    const auto local = [](Description description, const QString &here, const QString &there) {
        description.record.localFamily = description.record.remoteFamily = Family::Local;
        description.record.localPort = description.record.remotePort = 0;
        description.localAddress = here;
        description.remoteAddress = there;
        return description;
    };
    quiet.add(1, local(Scene::server(1, u"door"_s, 0), u"/run/door"_s, {}));
    quiet.add(1, local(Scene::accepted(2, 1, 0), u"/run/door"_s, {}));
    quiet.add(1, local(Scene::accepted(3, 1, 0), u"/run/door"_s, {}));
    quiet.add(1, local(Scene::client(4, {}, 0), {}, u"/run/door"_s));
    QCOMPARE(drawn(topologyOf(quiet.objects(), {}, 0)),
             (QStringList{u"shop (11) -> door  door x1"_s, u"local peers -> door  door x1"_s}));
}

void tst_Topology::whatAFamilySharesIsOneNode()
{
    QuietSession quiet;
    quiet.addProcess(1, u"primary"_s, 10);
    quiet.addProcess(2, u"shop"_s, 11);
    quiet.addProcess(3, u"shop"_s, 12);
    quiet.addProcess(4, u"till"_s, 22);
    for (const quint32 worker : {2U, 3U}) {
        quiet.add(worker, Scene::server(1, u"orders"_s, 8124));
        quiet.objects().relate(worker, 10, worker - 1);
    }
    quiet.session.endFrame(); // who shares a listener is found once a frame
    quiet.add(2, between(Scene::accepted(2, 1, 0), 8124, u"127.0.0.1"_s, 5000));
    quiet.add(3, between(Scene::accepted(2, 1, 0), 8124, u"127.0.0.1"_s, 5001));
    quiet.add(4, between(Scene::client(1, {}, 0), 5000, u"127.0.0.1"_s, 8124));
    quiet.add(4, between(Scene::client(2, {}, 0), 5001, u"127.0.0.1"_s, 8124));
    const Topology topology = topologyOf(quiet.objects(), {}, 0);
    QCOMPARE(drawn(topology), QStringList{u"till (22) -> orders  127.0.0.1:8124 x2"_s});
    const TopologyNode &shared = topology.nodes.back();
    QVERIFY(shared.key.isListener());
    QCOMPARE(shared.subtitle, u"2 processes"_s);
    FilterState filter;
    QVERIFY2(filter.setText(shared.condition), qPrintable(shared.condition));
    QCOMPARE(drawn(topologyOf(quiet.objects(), filter.filter(), 0)), drawn(topology));
}

void tst_Topology::manyPeersShareANode()
{
    QuietSession quiet;
    quiet.addProcess(1, u"shop"_s, 11);
    quiet.add(1, Scene::server(1, u"orders"_s, 8124));
    for (quint64 id = 2; id < 202; ++id) {
        Description socket = Scene::accepted(id, 1, 1002);
        socket.remoteAddress = u"10.0.0.%1"_s.arg(id);
        quiet.add(1, socket);
    }
    const Topology topology = topologyOf(quiet.objects(), {}, 0);
    QCOMPARE(static_cast<int>(topology.nodes.size()), Topology::mostPeers + 1); // with the server
    QCOMPARE(drawn(topology).last(), u"193 other peers -> orders  127.0.0.1:8124 x193"_s);
}

void tst_Topology::theFilterDecidesWhatIsDrawn()
{
    QuietSession quiet;
    LiveView view(quiet.session);
    FilterState filter;
    TopologyModel model(view, filter);
    quiet.addProcess(1, u"shop"_s, 11);
    quiet.add(1, Scene::server(1, u"orders"_s, 8124));
    quiet.add(1, Scene::accepted(2, 1, 1002));
    quiet.session.endFrame();
    QVERIFY(model.topology().nodes.empty()); // nobody looks
    model.setActive(true);
    QCOMPARE(model.topology().nodes.size(), 2u);
    filter.setText(u"kind:client"_s);
    QVERIFY(model.topology().nodes.empty());
    filter.setText({});
    const TopologyNode &server = model.topology().nodes.back();
    QVERIFY(model.standsFor(server, {1, 2}) && model.standsFor(server, {1, 1}));
    QVERIFY(!model.standsFor(server, {2, 2}));
}

QTEST_GUILESS_MAIN(tst_Topology)
#include "tst_topology.moc"
