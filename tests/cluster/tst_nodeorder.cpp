#include "tests/cluster/leavesnothing.h"
#include "tests/cluster/nodescript.h"
#include "tests/cluster/stage.h"

#include <libnet/net.h>

#include <csignal>

using namespace Qt::StringLiterals;
using net::Cluster;
using net::Worker;

/// The same scenes with Node's own cluster and child_process, run now, and with ours: the same events in the same
/// order.
class tst_NodeOrder : public test::LeavesNothing
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theLifeOfAWorker_data();
    void theLifeOfAWorker();
    void handlesThatAreHandedOver_data();
    void handlesThatAreHandedOver();

private:
    void play(const QString &scene);
    void act(const QString &scene, Worker *worker, quint16 port);
    void actWhenOnline(const QString &scene, Worker *worker);
    void handSocket(Worker *child);
    void keepOpen(Worker *child);
    void handServer(Worker *child);
    void misuse(Worker *child);
    void log(const QString &line) { m_log.append(line); }

    QStringList m_log;
};

static QString text(bool value)
{
    return value ? u"true"_s : u"false"_s;
}

static QString signalName(int signal)
{
    return signal == SIGKILL ? u"SIGKILL"_s : signal == SIGTERM ? u"SIGTERM"_s : signal ? u"?"_s : QString();
}

static QString program()
{
    return QCoreApplication::applicationDirPath() + u"/cluster_lifeworker"_s;
}

void tst_NodeOrder::init()
{
    LeavesNothing::init();
    m_log.clear();
}

void tst_NodeOrder::theLifeOfAWorker_data()
{
    QTest::addColumn<QString>("scene");
    for (const char *scene : {"worker leaves", "primary disconnects", "worker exits", "worker kills itself", "killed",
                              "terminated", "all disconnect", "connection first", "taken", "disconnected when online",
                              "exits when online", "killed when online"})
        QTest::newRow(scene) << QString::fromLatin1(scene);
}

void tst_NodeOrder::theLifeOfAWorker()
{
    if (!test::hasNode())
        QSKIP("needs Node 20 or newer");
    QFETCH(const QString, scene);
    play(scene);
    // Each run of Node's has a first worker.
    const QStringList expected = test::nodesEvents(u"life.js"_s, {scene});
    QVERIFY(expected.size() > 5);
    QCOMPARE(m_log.join(u'\n'), expected.join(u'\n'));
}

void tst_NodeOrder::play(const QString &scene)
{
    Cluster *const cluster = Cluster::instance();
    QObject context;
    QObject *const c = &context;
    int first = 0;
    // Numbers go on from scene to scene here.
    const auto number = [&first](Worker *w) {
        return QString::number(w->id() - first + 1);
    };
    const auto state = [number](Worker *w) {
        return u"%1 connected %2 dead %3 after %4"_s.arg(number(w), text(w->isConnected()), text(w->isDead()),
                                                         text(w->exitedAfterDisconnect()));
    };
    net::Server taken;
    if (scene == "taken"_L1) {
        taken.listen(0, u"127.0.0.1"_s);
        WAIT_FOR(taken.isListening());
    }
    cluster->setupPrimary({.exec = program(), .args = QStringList()});
    test::settle(); // its setup event is not of the scene
    connect(cluster, &Cluster::setup, c, [this] { log(u"setup"_s); });
    connect(cluster, &Cluster::forked, c,
            [=, this](Worker *w) { log(u"fork %1 dead %2"_s.arg(number(w), text(w->isDead()))); });
    connect(cluster, &Cluster::online, c, [=, this](Worker *w) {
        log(u"cluster online "_s + state(w));
        actWhenOnline(scene, w);
    });
    connect(cluster, &Cluster::listening, c, [=, this](Worker *w, const net::SocketAddress &address) {
        log(u"cluster listening %1 %2"_s.arg(state(w), address.address));
        act(scene, w, address.port);
    });
    connect(cluster, &Cluster::message, c, [=, this](Worker *w, const QCborValue &value) {
        log(u"cluster message %1 %2"_s.arg(number(w), value.toString()));
    });
    connect(cluster, &Cluster::disconnected, c, [=, this](Worker *w) {
        log(u"cluster disconnect %1 connected %2 after %3"_s.arg(number(w), text(w->isConnected()),
                                                                 text(w->exitedAfterDisconnect())));
    });
    bool done = false;
    connect(cluster, &Cluster::exited, c, [=, this, &done](Worker *w, int code, int signal) {
        log(u"cluster exit %1 code %2 signal %3"_s.arg(state(w)).arg(code).arg(signalName(signal)));
        done = true;
    });
    Worker *const one = cluster->fork({{u"TEST_PORT"_s, QString::number(taken.address().port)},
                                       {u"TEST_QUIET"_s, scene.endsWith("when online"_L1) ? u"1"_s : QString()}});
    first = one->id();
    connect(one, &Worker::online, c, [this] { log(u"worker online"_s); });
    connect(one, &Worker::listening, c, [this] { log(u"worker listening"_s); });
    connect(one, &Worker::message, c,
            [this](const QCborValue &value) { log(u"worker message "_s + value.toString()); });
    connect(one, &Worker::disconnected, c, [this] { log(u"worker disconnect"_s); });
    connect(one, &Worker::exited, c, [this](int code, int signal) {
        log(u"worker exit code %1 signal %2"_s.arg(code).arg(signalName(signal)));
    });
    WAIT_FOR(done);
    test::settle();
}

void tst_NodeOrder::actWhenOnline(const QString &scene, Worker *worker)
{
    if (scene == "disconnected when online"_L1)
        worker->disconnectWorker();
    else if (scene == "exits when online"_L1)
        worker->send(u"exit"_s);
    else if (scene == "killed when online"_L1)
        worker->kill(SIGKILL);
}

void tst_NodeOrder::act(const QString &scene, Worker *worker, quint16 port)
{
    if (scene == "worker leaves"_L1) {
        worker->send(u"leave"_s);
    } else if (scene == "primary disconnects"_L1) {
        worker->disconnectWorker();
    } else if (scene == "worker exits"_L1) {
        worker->send(u"exit"_s);
    } else if (scene == "worker kills itself"_L1) {
        worker->send(u"kill"_s);
    } else if (scene == "killed"_L1) {
        worker->kill(SIGKILL);
    } else if (scene == "terminated"_L1) {
        worker->kill();
    } else if (scene == "all disconnect"_L1) {
        Cluster::instance()->disconnectAll(this, [this] { log(u"all disconnected"_s); });
    } else if (scene == "connection first"_L1) {
        net::Socket *const client = net::connect(port, u"127.0.0.1"_s);
        connect(client, &net::Socket::connected, client, [client] { client->write("x"); });
        connect(client, &net::Socket::data, client, [this, client, worker] {
            worker->disconnectWorker();
            QTimer::singleShot(100, client, [this, client] {
                log(u"client ends"_s);
                client->end();
            });
        });
    }
}

void tst_NodeOrder::handlesThatAreHandedOver_data()
{
    QTest::addColumn<QString>("scene");
    for (const char *scene : {"socket", "keepOpen", "server", "misuse"})
        QTest::newRow(scene) << QString::fromLatin1(scene);
}

void tst_NodeOrder::handlesThatAreHandedOver()
{
    if (!test::hasNode())
        QSKIP("needs Node 20 or newer");
    QFETCH(const QString, scene);
    const std::unique_ptr<Worker> child(Worker::fork({.exec = program(), .args = QStringList()}));
    connect(child.get(), &Worker::disconnected, this, [this] { log(u"disconnect"_s); });
    if (scene != "misuse"_L1)
        connect(child.get(), &Worker::exited, this, [this](int code) { log(u"exit %1"_s.arg(code)); });
    connect(child.get(), &Worker::errorOccurred, this,
            [this](const net::Error &error) { log(u"error "_s + error.code()); });
    if (scene == "socket"_L1)
        handSocket(child.get());
    else if (scene == "keepOpen"_L1)
        keepOpen(child.get());
    else if (scene == "server"_L1)
        handServer(child.get());
    else
        misuse(child.get());
    const QStringList expected = test::nodesEvents(u"handing.js"_s, {scene});
    QVERIFY(expected.size() > 5);
    QCOMPARE(m_log.join(u'\n'), expected.join(u'\n'));
}

void tst_NodeOrder::handSocket(Worker *child)
{
    net::Server server({.pauseOnConnect = true});
    const auto count = [this, &server](const std::function<void()> &then) {
        server.getConnections(&server, [this, then](const net::Error &, int number) {
            log(u"connections %1"_s.arg(number));
            then();
        });
    };
    connect(&server, &net::Server::connection, this, [this, child](net::Socket *socket) {
        log(u"connection"_s);
        child->send(u"one"_s, socket, {}, this,
                    [this](const net::Error &error) { log(u"sent "_s + (error ? error.code() : u"null"_s)); });
        child->send(u"two"_s);
    });
    connect(&server, &net::Server::closed, this, [this, child] {
        log(u"server closed"_s);
        child->send(u"leave"_s);
    });
    connect(child, &Worker::message, this, [this, count, &server](const QCborValue &value) {
        log(value.toString());
        if (value.toString() == "child has two nothing"_L1)
            count([] {});
        if (value.toString() == "child's socket has closed"_L1)
            count([&server] { server.close(); });
    });
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    test::RawPeer client = test::RawPeer::connectedTo(server.address().port);
    WAIT_FOR(m_log.contains(u"connections 1"_s));
    const QByteArray got = client.read(14);
    client.shutdownWrite();
    WAIT_FOR(m_log.contains(u"exit 0"_s));
    log(u"client has "_s + QString::fromUtf8(got));
}

void tst_NodeOrder::keepOpen(Worker *child)
{
    net::Server server;
    QPointer<net::Socket> here;
    int awaited = 2;
    const auto closeAfterBoth = [&, this, child] {
        if (--awaited == 0) {
            server.close(this, [this, child] {
                log(u"server closed"_s);
                child->send(u"leave"_s);
            });
        }
    };
    connect(&server, &net::Server::connection, this, [&, this](net::Socket *socket) {
        log(u"connection"_s);
        here = socket;
        connect(socket, &net::Socket::closed, child, [this, child] {
            log(u"closed here"_s);
            child->send(u"let go"_s);
        });
        child->send(u"keep"_s, socket, {.keepOpen = true}, this,
                    [this](const net::Error &error) { log(u"sent "_s + (error ? error.code() : u"null"_s)); });
    });
    connect(child, &Worker::message, this, [&, this](const QCborValue &value) {
        log(value.toString());
        if (value.toString() == "child's socket has closed"_L1)
            closeAfterBoth();
    });
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    net::Socket *const client = net::connect(server.address().port, u"127.0.0.1"_s);
    QByteArray got;
    connect(client, &net::Socket::data, this, [&, this](const QByteArray &data) {
        got += data;
        if (got == "from the child") {
            log(u"destroyed here %1"_s.arg(text(here->isDestroyed())));
            here->write(" and from here");
        } else if (got == "from the child and from here") {
            log(u"client has "_s + QString::fromUtf8(got));
            here->destroy();
        }
    });
    connect(client, &net::Socket::ended, this, closeAfterBoth);
    WAIT_FOR(m_log.contains(u"exit 0"_s));
}

void tst_NodeOrder::handServer(Worker *child)
{
    net::Server server;
    quint16 port = 0;
    connect(child, &Worker::message, this, [&](const QCborValue &value) {
        log(value.toString());
        if (value.toString() != "child has it a server"_L1)
            return;
        server.close(this, [&] {
            log(u"server closed"_s);
            net::Socket *const client = net::connect(port, u"127.0.0.1"_s);
            connect(client, &net::Socket::data, client,
                    [this](const QByteArray &data) { log(u"client has "_s + QString::fromUtf8(data)); });
            connect(client, &net::Socket::closed, child, [child] { child->send(u"leave"_s); });
        });
    });
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    port = server.address().port;
    child->send(u"it"_s, &server);
    WAIT_FOR(m_log.contains(u"exit 0"_s));
}

void tst_NodeOrder::misuse(Worker *child)
{
    const auto sent = [this](const net::Error &error) {
        log(u"sent "_s + (error ? error.code() : u"null"_s));
    };
    connect(child, &Worker::message, this, [this](const QCborValue &value) { log(value.toString()); });
    child->send(u"first"_s, {}, {}, this, sent);
    child->send(u"leave"_s, {}, {}, this, sent);
    QTimer later;
    later.setSingleShot(true);
    connect(&later, &QTimer::timeout, child, [child] { child->disconnectWorker(); });
    connect(child, &Worker::disconnected, this, [&] {
        child->send(u"after"_s, {}, {}, this, sent);
        child->send(u"after"_s);
        later.start(50);
    });
    WAIT_FOR(m_log.contains(u"error ERR_IPC_DISCONNECTED"_s) && child->isDead());
}

QTEST_GUILESS_MAIN(tst_NodeOrder)
#include "tst_nodeorder.moc"
