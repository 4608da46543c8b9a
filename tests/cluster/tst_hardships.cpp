#include "tests/cluster/leavesnothing.h"
#include "tests/cluster/stage.h"

#include <libnet/net.h>

#include <csignal>

using namespace Qt::StringLiterals;
using net::Cluster;
using net::Worker;
using test::RawPeer;
using test::Stage;

/// Workers that stand still or are no workers at all, messages that are too large, connections that are half over.
class tst_Hardships : public test::LeavesNothing
{
    Q_OBJECT
private Q_SLOTS:
    void aStoppedWorkerDelaysOnlyWhatItHas_data();
    void aStoppedWorkerDelaysOnlyWhatItHas();
    void aStoppedWorkerDoesNotHoldTheOthersBack();
    void aStoppedWorkerFillsNoMemory();
    void aWorkerThatWasOutOfDescriptorsServesAgain();
    void aProgramThatIsNoWorkerIsNotOnline();
    void aProgramThatIsNoWorkerCanBeKilled();
    void aMessageOf100MegabytesIsRefusedAndTheChannelGoesOn();
    void aConnectionThatWeHaveEndedCanBeHandedOn();
    void aConnectionThatThePeerHasEndedIsAnsweredThere();
    void aConnectionThatBringsTooMuchStaysHere();
    void hundredsThatAreSentAtOnceAllArrive();
};

// Answers that have come, out of \a peers.
static int answers(std::vector<RawPeer> &peers, QList<QByteArray> &got)
{
    int answered = 0;
    for (size_t i = 0; i < peers.size(); ++i) {
        got[qsizetype(i)] += peers[i].readSome();
        answered += got[qsizetype(i)].endsWith('\n');
    }
    return answered;
}

void tst_Hardships::aStoppedWorkerDelaysOnlyWhatItHas_data()
{
    QTest::addColumn<Cluster::SchedulingPolicy>("policy");
    QTest::newRow("round robin") << Cluster::SchedulingPolicy::RoundRobin;
    QTest::newRow("shared handle") << Cluster::SchedulingPolicy::SharedHandle;
}

void tst_Hardships::aStoppedWorkerDelaysOnlyWhatItHas()
{
    QFETCH(const Cluster::SchedulingPolicy, policy);
    Stage stage(policy);
    Worker *const stopped = stage.fork();
    Worker *const other = stage.fork();
    const auto port = quint16(stage.listen(stopped, {{u"port"_s, 0}}).value(u"port"_s).toInteger());
    stage.listen(other, {{u"port"_s, 0}});
    ::kill(pid_t(stopped->processId()), SIGSTOP);
    std::vector<RawPeer> peers;
    for (int i = 0; i < 20; ++i)
        peers.push_back(RawPeer::connectedTo(port));
    QList<QByteArray> got(qsizetype(peers.size()));
    // By turns, one at the most is with the one that stands still: no more are given to it before it has answered.
    WAIT_FOR(answers(peers, got) >= 19);
    ::kill(pid_t(stopped->processId()), SIGCONT);
    WAIT_FOR(answers(peers, got) == 20);
    peers.clear();
    QCOMPARE(stage.leftOver(), QString());
}

void tst_Hardships::aStoppedWorkerDoesNotHoldTheOthersBack()
{
    Stage stage;
    Worker *const stopped = stage.fork();
    Worker *const other = stage.fork();
    for (Worker *const worker : {stopped, other})
        stage.listen(worker, {{u"port"_s, 0}});
    const int id = other->id();
    ::kill(pid_t(stopped->processId()), SIGSTOP);
    bool allGone = false;
    Cluster::instance()->disconnectAll(this, [&allGone] { allGone = true; });
    WAIT_FOR(stage.events.contains(u"exit %1 0 0"_s.arg(id)));
    QVERIFY(!allGone);
    QVERIFY(!stopped->isDead());
    // It hears of it when it goes on.
    ::kill(pid_t(stopped->processId()), SIGCONT);
    WAIT_FOR(allGone);
    QCOMPARE(stage.leftOver(), QString());
}

void tst_Hardships::aStoppedWorkerFillsNoMemory()
{
    const std::unique_ptr<Worker> child(Worker::fork({.exec = test::actorProgram(), .args = QStringList()}));
    ::kill(pid_t(child->processId()), SIGSTOP);
    QString code;
    QStringList errors;
    connect(child.get(), &Worker::errorOccurred, this,
            [&errors](const net::Error &error) { errors.append(error.code()); });
    const QByteArray megabyte(1 << 20, 'm');
    int sent = 0;
    while (code.isEmpty() && sent < 200) {
        ++sent;
        child->send(megabyte, {}, {}, this, [&code](const net::Error &error) {
            if (error)
                code = error.code();
        });
        test::settle();
    }
    QCOMPARE(code, u"ENOBUFS"_s);
    QVERIFY(child->writableLength() <= 65 << 20);
    child->kill(SIGKILL);
    WAIT_FOR(child->isDead());
    QCOMPARE(errors.join(u' '), QString());
}

void tst_Hardships::aWorkerThatWasOutOfDescriptorsServesAgain()
{
    Stage stage;
    Worker *const worker = stage.fork();
    const auto port = quint16(stage.listen(worker, {{u"port"_s, 0}}).value(u"port"_s).toInteger());
    Stage::order(worker, u"no descriptors"_s);
    stage.told(worker, u"limited"_s);
    std::vector<RawPeer> peers;
    for (int i = 0; i < 3; ++i)
        peers.push_back(RawPeer::connectedTo(port));
    // Whatever we say waits behind the connection on its way, until that is given up.
    test::settle();
    Stage::order(worker, u"echo"_s);
    stage.told(worker, u"echo"_s);
    Stage::order(worker, u"descriptors again"_s);
    QList<QByteArray> got(qsizetype(peers.size()));
    WAIT_FOR(answers(peers, got) == 3);
    peers.clear();
    QCOMPARE(stage.leftOver(), QString());
}

void tst_Hardships::aProgramThatIsNoWorkerIsNotOnline()
{
    Stage stage;
    Cluster::instance()->setupPrimary({.exec = u"/bin/sh"_s, .args = QStringList{u"-c"_s, u"exit 3"_s}});
    Worker *const worker = Cluster::instance()->fork();
    const QString id = QString::number(worker->id());
    WAIT_FOR(Cluster::instance()->workers().isEmpty());
    test::settle();
    QCOMPARE(stage.events.join(u", "_s), u"fork %1, disconnect %1, exit %1 3 0"_s.arg(id));
    QCOMPARE(stage.leftOver(), QString());
}

void tst_Hardships::aProgramThatIsNoWorkerCanBeKilled()
{
    Stage stage;
    Cluster::instance()->setupPrimary({.exec = u"/bin/sleep"_s, .args = QStringList{u"1000"_s}});
    const QPointer<Worker> worker = Cluster::instance()->fork();
    const QString id = QString::number(worker->id());
    WAIT_FOR(worker->processId() > 0);
    // It does not listen to us: nothing but a signal helps.
    for (int i = 0; i < 100; ++i)
        worker->send(QByteArray(1000, 'x'));
    worker->disconnectWorker();
    test::settle();
    QVERIFY(worker && !worker->isDead());
    worker->kill();
    WAIT_FOR(Cluster::instance()->workers().isEmpty());
    test::settle();
    QCOMPARE(stage.events.join(u", "_s), u"fork %1, disconnect %1, exit %1 0 15"_s.arg(id));
    QCOMPARE(stage.leftOver(), QString());
}

void tst_Hardships::aMessageOf100MegabytesIsRefusedAndTheChannelGoesOn()
{
    const std::unique_ptr<Worker> child(Worker::fork({.exec = test::actorProgram(), .args = QStringList()}));
    QStringList told;
    connect(child.get(), &Worker::message, this,
            [&told](const QCborValue &value) { told.append(value.toMap().value(u"told"_s).toString()); });
    QString code;
    child->send(QByteArray(100'000'000, 'x'), {}, {}, this, [&code](const net::Error &error) { code = error.code(); });
    QCOMPARE(child->writableLength(), 0);
    // The child's own, by which it is not to die.
    Stage::order(child.get(), u"tell much"_s);
    Stage::order(child.get(), u"echo"_s);
    WAIT_FOR(told.contains(u"echo"_s));
    QCOMPARE(code, u"EMSGSIZE"_s);
    QVERIFY(told.contains(u"error"_s));
    Stage::order(child.get(), u"leave"_s);
    WAIT_FOR(child->isDead());
}

namespace {

/// A server whose connections a child gets.
struct Post
{
    explicit Post(const std::function<void(net::Socket *)> &accepted)
        : child(Worker::fork({.exec = test::actorProgram(), .args = QStringList()})),
          server({.allowHalfOpen = true, .pauseOnConnect = true})
    {
        QObject::connect(child.get(), &Worker::message,
                         [this](const QCborValue &value) { told.append(value.toMap()); });
        QObject::connect(&server, &net::Server::connection, accepted);
        server.listen(0, u"127.0.0.1"_s);
        test::waitFor([this] { return server.isListening(); });
    }
    bool hasTold(const QString &what) const
    {
        return std::any_of(told.cbegin(), told.cend(),
                           [&what](const QCborMap &map) { return map.value(u"told"_s).toString() == what; });
    }
    bool end()
    {
        Stage::order(child.get(), u"leave"_s);
        return test::waitFor([this] { return child->isDead(); });
    }

    std::unique_ptr<Worker> child;
    net::Server server;
    QList<QCborMap> told;
};

} // namespace

void tst_Hardships::aConnectionThatWeHaveEndedCanBeHandedOn()
{
    QPointer<net::Socket> ended;
    Post post([&ended](net::Socket *socket) {
        ended = socket;
        socket->end("no more from here");
    });
    RawPeer peer = RawPeer::connectedTo(post.server.address().port);
    QCOMPARE(peer.readToEnd(), QByteArray("no more from here"));
    QVERIFY(ended);
    QVERIFY(peer.write("but from there"));
    Stage::order(post.child.get(), u"look"_s, {}, ended.data());
    Stage::order(post.child.get(), u"resume"_s);
    WAIT_FOR(post.hasTold(u"data"_s));
    peer.close();
    WAIT_FOR(post.hasTold(u"ended"_s));
    QVERIFY(post.end());
}

void tst_Hardships::aConnectionThatThePeerHasEndedIsAnsweredThere()
{
    QPointer<net::Socket> accepted;
    Post post([&accepted](net::Socket *socket) { accepted = socket; });
    RawPeer peer = RawPeer::connectedTo(post.server.address().port);
    QVERIFY(peer.write("question"));
    peer.shutdownWrite();
    WAIT_FOR(accepted);
    Stage::order(post.child.get(), u"look"_s, {}, accepted.data());
    Stage::order(post.child.get(), u"resume"_s);
    QCOMPARE(peer.readToEnd(), QByteArray("bye"));
    WAIT_FOR(post.hasTold(u"ended"_s));
    QVERIFY(post.end());
}

void tst_Hardships::aConnectionThatBringsTooMuchStaysHere()
{
    constexpr int Much = 40 << 20;
    QPointer<net::Socket> accepted;
    Post post([&accepted](net::Socket *socket) {
        accepted = socket;
        socket->write(QByteArray(Much, 'x'));
    });
    RawPeer peer = RawPeer::connectedTo(post.server.address().port);
    WAIT_FOR(accepted);
    QString code;
    post.child->send(QCborMap{{u"do"_s, u"serve"_s}}, accepted.data(), {}, this,
                     [&code](const net::Error &error) { code = error.code(); });
    WAIT_FOR(!code.isEmpty());
    QCOMPARE(code, u"EMSGSIZE"_s);
    QVERIFY(accepted && !accepted->isDestroyed());
    accepted->end();
    QCOMPARE(peer.readToEnd().size(), Much);
    QVERIFY(post.end());
}

void tst_Hardships::hundredsThatAreSentAtOnceAllArrive()
{
    // The child stands still while all of them are on their way.
    QList<net::Socket *> accepted;
    Post post([&accepted](net::Socket *socket) { accepted.append(socket); });
    std::vector<RawPeer> peers;
    for (int i = 0; i < 300; ++i)
        peers.push_back(RawPeer::connectedTo(post.server.address().port));
    WAIT_FOR(accepted.size() == 300);
    ::kill(pid_t(post.child->processId()), SIGSTOP);
    for (net::Socket *const socket : std::as_const(accepted)) {
        socket->resume();
        Stage::order(post.child.get(), u"serve"_s, {}, socket);
    }
    test::settle();
    ::kill(pid_t(post.child->processId()), SIGCONT);
    QList<QByteArray> got(qsizetype(peers.size()));
    WAIT_FOR(answers(peers, got) == 300);
    peers.clear();
    QVERIFY(post.end());
}

QTEST_GUILESS_MAIN(tst_Hardships)
#include "tst_hardships.moc"
