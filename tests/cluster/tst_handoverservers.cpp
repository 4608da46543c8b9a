#include "tests/cluster/handing.h"

#include <libnet/boundsocket.h>
#include <libnet/net.h>

using namespace Qt::StringLiterals;
using test::RawPeer;

/// Servers and bound sockets that go from one process to another.
class tst_HandoverServers : public test::HandingTest
{
    Q_OBJECT
private Q_SLOTS:
    void aServerIsSharedByBoth();
    void aBoundSocketMoves();
    void aBoundPathMovesWithItsFile();
};

void tst_HandoverServers::aServerIsSharedByBoth()
{
    net::Server server;
    connect(&server, &net::Server::connection, this, [](net::Socket *socket) { socket->end("parent\n"); });
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    const quint16 port = server.address().port;
    m_handing->order(u"accept"_s, &server);
    QVERIFY(m_handing->take(u"accepting"_s).value(u"server"_s).toBool());
    // Both accept, until we close; then the child does.
    QSet<QByteArray> answers;
    for (int i = 0; i < 2000 && answers.size() < 2; ++i)
        answers.insert(RawPeer::connectedTo(port).read(6));
    QCOMPARE(answers, QSet<QByteArray>({"parent", "worker"}));
    server.close();
    RawPeer other = RawPeer::connectedTo(port);
    QVERIFY(other.read(8).startsWith("worker 0"));
    m_handing->child->kill(9);
    WAIT_FOR(m_handing->child->isDead());
}

void tst_HandoverServers::aBoundSocketMoves()
{
    net::BoundSocket bound({.host = u"127.0.0.1"_s});
    const quint16 port = bound.address().port;
    m_handing->order(u"bound"_s, &bound);
    QCOMPARE(bound.fd(), -1);
    QCOMPARE(bound.error().code(), u"ERR_SOCKET_HANDLE_ADOPTED"_s);
    QVERIFY(!m_handing->take(u"listening"_s).isEmpty());
    RawPeer peer = RawPeer::connectedTo(port);
    QVERIFY(peer.read(9).startsWith("worker 0"));
    // A listening server keeps the child running.
    m_handing->child->kill(9);
    WAIT_FOR(m_handing->child->isDead());
}

void tst_HandoverServers::aBoundPathMovesWithItsFile()
{
    const QString path = this->path();
    {
        net::BoundSocket bound({.path = path});
        m_handing->order(u"bound"_s, &bound);
    }
    QVERIFY(!m_handing->take(u"listening"_s).isEmpty());
    QVERIFY(RawPeer::connectedTo(path).read(9).startsWith("worker 0"));
    QVERIFY(QFile::exists(path));
    m_handing->child->send(QCborMap{{u"do"_s, u"close"_s}, {u"name"_s, QString()}});
    WAIT_FOR(!QFile::exists(path));
    // And one that nobody gets leaves no file.
    QVERIFY(m_handing->end());
    net::BoundSocket lost({.path = path});
    m_handing->order(u"bound"_s, &lost);
    QVERIFY(lost.fd() >= 0); // refused before it was touched
}

QTEST_GUILESS_MAIN(tst_HandoverServers)
#include "tst_handoverservers.moc"
