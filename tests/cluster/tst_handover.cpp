#include "tests/cluster/handing.h"

#include <libnet/net.h>
#include <libnet/probe/tap.h>

using namespace Qt::StringLiterals;
using test::RawPeer;

namespace {

struct Cookies
{
    static void changed(net::probe::Subject &, net::probe::EventKind why, net::probe::State, quint32, quint64 a,
                        quint64)
    {
        if (why == net::probe::EventKind::HandedOver)
            handedOver = a;
        if (why == net::probe::EventKind::TakenOver)
            takenOver = a;
    }
    static inline quint64 handedOver = 0;
    static inline quint64 takenOver = 0;
};

} // namespace

/// Sockets that go from one process to another, with all that they have.
class tst_Handover : public test::HandingTest
{
    Q_OBJECT
private Q_SLOTS:
    void aSocketIsServedByTheChild();
    void whatWasNotReadGoesAlong();
    void aPausedSocketArrivesPaused_data();
    void aPausedSocketArrivesPaused();
    void whatWasNotSentGoesAlong();
    void aPeersEndGoesAlong();
    void theSendersSocketIsClosedAndThePeerNoticesNothing();
    void aSocketWithoutAConnectionIsLeftOut();
    void aSocketOfAnotherThreadIsRefused();
    void theSocketHasOneCookieInBothProcesses();
};

void tst_Handover::aSocketIsServedByTheChild()
{
    RawPeer peer = m_handing->connect();
    m_handing->accepted.first()->resume();
    m_handing->order(u"serve"_s, m_handing->accepted.first().data());
    QVERIFY(m_handing->take(u"serving"_s).value(u"socket"_s).toBool());
    const QByteArray hello = "worker 0 pid " + QByteArray::number(m_handing->child->processId()) + "\n";
    QCOMPARE(peer.read(hello.size()), hello);
    QVERIFY(peer.write("over"));
    QCOMPARE(peer.read(4), QByteArray("over"));
    peer.shutdownWrite();
    QCOMPARE(peer.readToEnd(), QByteArray());
    QVERIFY(peer.sawEnd());
}

void tst_Handover::whatWasNotReadGoesAlong()
{
    RawPeer peer = m_handing->connect();
    net::Socket *const socket = m_handing->accepted.first();
    // Read by us and given back, and more that is still in the kernel.
    QVERIFY(peer.write("read before "));
    QByteArray got;
    connect(socket, &net::Socket::data, socket, [&got](const QByteArray &bytes) { got += bytes; });
    socket->resume();
    WAIT_FOR(got.size() == 12);
    socket->pause();
    socket->unshift(got);
    QVERIFY(peer.write("and not"));
    m_handing->order(u"look"_s, socket);
    QCOMPARE(m_handing->take(u"looked"_s).value(u"unread"_s).toInteger(), 12);
    m_handing->order(u"resume"_s);
    QByteArray there;
    while (there.size() < 19)
        there += m_handing->take(u"data"_s).value(u"bytes"_s).toByteArray();
    QCOMPARE(there, QByteArray("read before and not"));
    peer.shutdownWrite();
    QVERIFY(!m_handing->take(u"ended"_s).isEmpty());
    QCOMPARE(peer.readToEnd(), QByteArray("bye"));
}

void tst_Handover::aPausedSocketArrivesPaused_data()
{
    QTest::addColumn<bool>("paused");
    QTest::newRow("paused") << true;
    QTest::newRow("not paused") << false;
}

void tst_Handover::aPausedSocketArrivesPaused()
{
    QFETCH(const bool, paused);
    RawPeer peer = m_handing->connect();
    net::Socket *const socket = m_handing->accepted.first();
    if (!paused)
        socket->resume();
    m_handing->order(u"look"_s, socket);
    QCOMPARE(m_handing->take(u"looked"_s).value(u"paused"_s).toBool(), paused);
    // Until it is resumed nothing of it is lost.
    QVERIFY(peer.write("later"));
    m_handing->order(u"resume"_s);
    QCOMPARE(m_handing->take(u"data"_s).value(u"bytes"_s).toByteArray(), QByteArray("later"));
}

void tst_Handover::whatWasNotSentGoesAlong()
{
    RawPeer peer = m_handing->connect();
    net::Socket *const socket = m_handing->accepted.first();
    // More than the kernel takes.
    const QByteArray much(6 << 20, 'm');
    bool sent = false;
    socket->write(much, this, [&sent](const net::Error &error) { sent = !error; });
    m_handing->order(u"serve"_s, socket);
    WAIT_FOR(sent);
    QByteArray got;
    WAIT_FOR((got += peer.readSome(), got.size() > much.size() && got.endsWith('\n')));
    QCOMPARE(got.left(much.size()), much);
    QVERIFY(got.mid(much.size()).startsWith("worker 0"));
}

void tst_Handover::aPeersEndGoesAlong()
{
    RawPeer peer = m_handing->connect();
    net::Socket *const socket = m_handing->accepted.first();
    QVERIFY(peer.write("last words"));
    peer.shutdownWrite();
    // Read to the end, and not yet told.
    connect(socket, &net::Socket::readyRead, socket, [] {});
    socket->resume();
    WAIT_FOR(socket->readableLength() == 10);
    test::settle();
    socket->pause();
    m_handing->order(u"look"_s, socket);
    QCOMPARE(m_handing->take(u"looked"_s).value(u"unread"_s).toInteger(), 10);
    m_handing->order(u"resume"_s);
    QCOMPARE(m_handing->take(u"data"_s).value(u"bytes"_s).toByteArray(), QByteArray("last words"));
    QVERIFY(!m_handing->take(u"ended"_s).isEmpty());
    QCOMPARE(peer.readToEnd(), QByteArray("bye"));
}

void tst_Handover::theSendersSocketIsClosedAndThePeerNoticesNothing()
{
    RawPeer peer = m_handing->connect();
    net::Socket *const socket = m_handing->accepted.first();
    QStringList events;
    connect(socket, &net::Socket::closed, this,
            [&events](bool error) { events.append(error ? u"failed"_s : u"closed"_s); });
    connect(socket, &net::Socket::ended, this, [&events] { events.append(u"ended"_s); });
    connect(socket, &net::Socket::errorOccurred, this, [&events] { events.append(u"error"_s); });
    const int port = socket->remotePort();
    m_handing->order(u"look"_s, socket);
    QVERIFY(socket->isDestroyed());
    QCOMPARE(socket->remotePort(), port);
    m_handing->take(u"looked"_s);
    QCOMPARE(events.join(u' '), u"closed"_s);
    QVERIFY(m_handing->accepted.first().isNull()); // as every accepted socket, it has deleted itself
    QCOMPARE(peer.readSome(), QByteArray());
    QVERIFY(!peer.sawEnd());
}

void tst_Handover::aSocketWithoutAConnectionIsLeftOut()
{
    net::Socket socket;
    m_handing->order(u"serve"_s, &socket);
    QCOMPARE(m_handing->take(u"serving"_s).value(u"socket"_s).toBool(true), false);
    // Twice the same: the second message goes alone.
    RawPeer peer = m_handing->connect();
    net::Socket *const sent = m_handing->accepted.first();
    m_handing->order(u"look"_s, sent);
    m_handing->order(u"serve"_s, sent);
    QVERIFY(m_handing->take(u"looked"_s).value(u"socket"_s).toBool());
    QCOMPARE(m_handing->take(u"serving"_s).value(u"socket"_s).toBool(true), false);
}

void tst_Handover::aSocketOfAnotherThreadIsRefused()
{
    QThread thread;
    thread.start();
    auto *const socket = new net::Socket;
    socket->moveToThread(&thread);
    QString code;
    m_handing->child->send(1, socket, {}, this, [&code](const net::Error &error) { code = error.code(); });
    WAIT_FOR(!code.isEmpty());
    QCOMPARE(code, u"ERR_INVALID_ARG_VALUE"_s);
    socket->deleteLater();
    thread.quit();
    thread.wait();
}

void tst_Handover::theSocketHasOneCookieInBothProcesses()
{
    using net::probe::Subject;
    static const net::probe::Tap tap = {
        .opened = [](Subject &subject) { subject.ledger = &subject; },
        .described = [](Subject &) {},
        .changed = Cookies::changed,
        .received = [](Subject &, const char *, qsizetype, quint64) {},
        .sent = [](Subject &, const char *, qsizetype, quint64, quint64) {},
        .queued = [](Subject &, quint64, quint64) {},
        .called = [](Subject &, net::probe::Call) {},
        .failed = [](Subject &, const net::Error &) {},
        .slotReturned = [](Subject &, net::probe::EventKind, qint64, qint64) {},
        .gone = [](Subject &) {},
    };
    net::probe::install(&tap);
    RawPeer peer = m_handing->connect();
    m_handing->order(u"echo"_s, m_handing->accepted.first().data());
    WAIT_FOR(m_handing->back.size() == 1);
    net::probe::install(nullptr);
    QVERIFY(Cookies::handedOver);
    QCOMPARE(Cookies::takenOver, Cookies::handedOver);
    m_handing->back.first()->destroy();
}

QTEST_GUILESS_MAIN(tst_Handover)
#include "tst_handover.moc"
