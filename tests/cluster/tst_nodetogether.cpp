#include "tests/cluster/leavesnothing.h"
#include "tests/cluster/nodescript.h"
#include "tests/support/rawpeer.h"
#include "tests/support/waiting.h"

#include <libnet/cluster/cluster.h>
#include <libnet/net.h>

#include <QDir>
#include <QProcess>

#include <csignal>

using namespace Qt::StringLiterals;
using net::Cluster;
using net::Worker;

/// Workers that share ports, do not share them, and are started in different ways: what node/together.js tells, told by
/// ours too, under both scheduling policies.
class tst_NodeTogether : public test::LeavesNothing
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void workers_data();
    void workers();

private:
    using Policy = Cluster::SchedulingPolicy;

    void play(const QString &scene);
    Worker *start(const QMap<QString, QString> &environment = {});
    QString ask(Worker *worker, const QString &order);
    QString name(int port);
    int freePort();
    void end(const QList<Worker *> &workers);
    void visit(const QString &where);
    QString number(Worker *worker) const { return QString::number(worker->id() - m_first + 1); }
    void log(const QString &line) { m_log.append(line); }

    void shared();
    void exclusive();
    void untilItCloses(const QString &first);
    void exclusiveFirst() { untilItCloses(u"listen 0 exclusive"_s); }
    void twoExclusive();
    void byChance() { untilItCloses(u"listen 0"_s); }
    void listensAgain();
    void path();
    void settings();
    void exitsAtOnce();
    void killedWithASignal();
    void oneExitsOneStays();
    void sentAfterTheEnd();

    QStringList m_log;
    QList<int> m_ports;
    QHash<Worker *, QString> m_told;
    int m_first = 0;
};

void tst_NodeTogether::init()
{
    LeavesNothing::init();
    m_log.clear();
    m_ports.clear();
    m_told.clear();
    m_first = 0;
}

void tst_NodeTogether::workers_data()
{
    QTest::addColumn<Policy>("policy");
    QTest::addColumn<QString>("scene");
    for (const Policy policy : {Policy::RoundRobin, Policy::SharedHandle}) {
        for (const char *scene :
             {"shared", "exclusive", "exclusive first", "two exclusive", "a port of chance, asked for by its number",
              "listens again", "path", "settings", "exits at once", "killed with a signal", "one exits, one stays",
              "sent after the end"}) {
            QTest::addRow("%s, %s", scene, policy == Policy::RoundRobin ? "rr" : "none")
                << policy << QString::fromLatin1(scene);
        }
    }
}

void tst_NodeTogether::workers()
{
    if (!test::hasNode())
        QSKIP("needs Node 20 or newer");
    QFETCH(const Policy, policy);
    QFETCH(const QString, scene);
    Cluster *const cluster = Cluster::instance();
    cluster->setSchedulingPolicy(policy);
    cluster->setupPrimary(
        {.exec = QCoreApplication::applicationDirPath() + u"/cluster_obedientworker"_s, .args = QStringList()});
    test::settle(); // its setup event is not of the scene
    play(scene);
    const QStringList expected =
        test::nodesEvents(u"together.js"_s, {scene, folder()},
                          {{u"NODE_CLUSTER_SCHED_POLICY"_s, policy == Policy::RoundRobin ? u"rr"_s : u"none"_s}});
    QVERIFY(expected.size() > 4);
    QCOMPARE(m_log.join(u'\n'), expected.join(u'\n'));
}

void tst_NodeTogether::play(const QString &scene)
{
    const QHash<QString, void (tst_NodeTogether::*)()> scenes = {
        {u"shared"_s, &tst_NodeTogether::shared},
        {u"exclusive"_s, &tst_NodeTogether::exclusive},
        {u"exclusive first"_s, &tst_NodeTogether::exclusiveFirst},
        {u"two exclusive"_s, &tst_NodeTogether::twoExclusive},
        {u"a port of chance, asked for by its number"_s, &tst_NodeTogether::byChance},
        {u"listens again"_s, &tst_NodeTogether::listensAgain},
        {u"path"_s, &tst_NodeTogether::path},
        {u"settings"_s, &tst_NodeTogether::settings},
        {u"exits at once"_s, &tst_NodeTogether::exitsAtOnce},
        {u"killed with a signal"_s, &tst_NodeTogether::killedWithASignal},
        {u"one exits, one stays"_s, &tst_NodeTogether::oneExitsOneStays},
        {u"sent after the end"_s, &tst_NodeTogether::sentAfterTheEnd},
    };
    Cluster *const cluster = Cluster::instance();
    QObject context;
    connect(cluster, &Cluster::forked, &context, [this](Worker *w) {
        if (!m_first)
            m_first = w->id();
        log(u"fork "_s + number(w));
    });
    connect(cluster, &Cluster::online, &context, [this](Worker *w) { log(u"online "_s + number(w)); });
    connect(cluster, &Cluster::listening, &context, [this](Worker *w, const net::SocketAddress &address) {
        m_told.insert(w, address.family == net::Family::Local ? u"path"_s : name(address.port));
    });
    connect(cluster, &Cluster::disconnected, &context, [this](Worker *w) {
        log(u"disconnect %1 %2"_s.arg(number(w), w->exitedAfterDisconnect() ? u"true"_s : u"false"_s));
    });
    connect(cluster, &Cluster::exited, &context, [this](Worker *w, int code, int signal) {
        log(u"exit %1 %2 %3"_s.arg(number(w)).arg(code).arg(signal == SIGINT ? u"SIGINT"_s : signal ? u"?"_s : u""_s));
    });
    (this->*scenes.value(scene))();
    WAIT_FOR(cluster->workers().isEmpty());
    test::settle();
}

Worker *tst_NodeTogether::start(const QMap<QString, QString> &environment)
{
    Worker *const worker = Cluster::instance()->fork(environment);
    bool online = false;
    connect(
        worker, &Worker::online, worker, [&online] { online = true; }, Qt::QueuedConnection);
    test::waitFor([&online] { return online; });
    return worker;
}

// The answer; a port by its name.
QString tst_NodeTogether::ask(Worker *worker, const QString &order)
{
    QString answer;
    const auto connection =
        connect(worker, &Worker::message, this, [&answer](const QCborValue &value) { answer = value.toString(); });
    m_told.remove(worker);
    worker->send(order);
    test::waitFor([&answer] { return !answer.isEmpty(); });
    disconnect(connection);
    const QString where = answer.section(u' ', 1);
    if (!answer.startsWith("listens"_L1)) {
        log(number(worker) + u' ' + answer);
        return {};
    }
    const bool alone = order.endsWith("exclusive"_L1);
    if (!alone)
        test::waitFor([&] { return m_told.contains(worker); });
    log(u"%1 listens %2 %3"_s.arg(number(worker), where == "path"_L1 ? where : name(where.toInt()),
                                  alone ? u"alone"_s : m_told.value(worker)));
    return where;
}

QString tst_NodeTogether::name(int port)
{
    if (!m_ports.contains(port))
        m_ports.append(port);
    return QString(u"ABC"[m_ports.indexOf(port)]);
}

int tst_NodeTogether::freePort()
{
    return test::RawListener().port();
}

void tst_NodeTogether::end(const QList<Worker *> &workers)
{
    for (Worker *worker : workers) {
        const QPointer<Worker> left = worker;
        worker->disconnectWorker();
        test::waitFor([left] { return !left || left->isDead(); });
    }
}

void tst_NodeTogether::visit(const QString &where)
{
    net::Socket client;
    bool told = false;
    connect(&client, &net::Socket::data, this, [this, &told](const QByteArray &data) {
        log(u"client has "_s + QString::fromUtf8(data));
        told = true;
    });
    connect(&client, &net::Socket::errorOccurred, this, [this, &told](const net::Error &error) {
        log(u"client fails "_s + error.code());
        told = true;
    });
    if (where.startsWith(u'/'))
        client.connectTo(where);
    else
        client.connectTo(where.toInt(), u"127.0.0.1"_s);
    test::waitFor([&told] { return told; });
}

void tst_NodeTogether::shared()
{
    const QList<Worker *> both = {start(), start()};
    for (Worker *worker : both + both)
        ask(worker, u"listen 0"_s);
    end(both);
}

void tst_NodeTogether::exclusive()
{
    const QList<Worker *> both = {start(), start()};
    const QString order = u"listen %1"_s.arg(freePort());
    ask(both[0], order);
    ask(both[1], order + u" exclusive"_s);
    ask(both[1], order);
    end(both);
}

// One has the port in a way that no other can share, until it closes.
void tst_NodeTogether::untilItCloses(const QString &first)
{
    const QList<Worker *> both = {start(), start()};
    const QString port = ask(both[0], first);
    ask(both[1], u"listen "_s + port);
    ask(both[0], u"close"_s);
    ask(both[1], u"listen "_s + port);
    end(both);
}

void tst_NodeTogether::twoExclusive()
{
    const QList<Worker *> both = {start(), start()};
    for (Worker *worker : both) {
        ask(worker, u"listen 0 exclusive"_s);
        ask(worker, u"close"_s);
    }
    end(both);
}

void tst_NodeTogether::listensAgain()
{
    const QList<Worker *> both = {start(), start()};
    const QString port = QString::number(freePort());
    ask(both[0], u"listen "_s + port);
    ask(both[1], u"listen "_s + port);
    ask(both[0], u"close"_s);
    visit(port);
    ask(both[0], u"listen "_s + port);
    ask(both[1], u"close"_s);
    visit(port);
    ask(both[0], u"close"_s);
    visit(port);
    end(both);
}

void tst_NodeTogether::path()
{
    const QList<Worker *> both = {start(), start()};
    const QString file = LeavesNothing::path();
    ask(both[0], u"listen "_s + file);
    ask(both[1], u"listen "_s + file);
    ask(both[0], u"close"_s);
    visit(file);
    ask(both[1], u"close"_s);
    visit(file);
    end(both);
}

void tst_NodeTogether::settings()
{
    Cluster *const cluster = Cluster::instance();
    QObject context;
    connect(cluster, &Cluster::setup, &context, [this](const net::ForkOptions &now) {
        log(u"setup %1 %2 %3"_s.arg(now.args.value_or(QStringList()).join(u','), QDir(now.cwd).dirName(),
                                    now.silent ? u"true"_s : u"false"_s));
    });
    net::ForkOptions next = cluster->settings();
    next.args = {u"one"_s};
    next.cwd = folder();
    next.silent = true;
    cluster->setupPrimary(next);
    Worker *const a = start({{u"TEST_WORD"_s, u"first"_s}});
    QByteArray printed;
    connect(a->process(), &QProcess::readyReadStandardOutput, a,
            [a, &printed] { printed += a->process()->readAllStandardOutput(); });
    ask(a, u"tell"_s);
    test::waitFor([&printed] { return printed.endsWith('\n'); });
    log(u"read "_s + QString::fromUtf8(printed).trimmed());
    next.args = {u"two"_s, u"three"_s};
    cluster->setupPrimary(next);
    Worker *const b = start({{u"TEST_WORD"_s, u"second"_s}});
    ask(b, u"tell"_s);
    end({a, b});
}

void tst_NodeTogether::exitsAtOnce()
{
    Cluster *const cluster = Cluster::instance();
    cluster->fork({{u"TEST_EXIT"_s, u"3"_s}});
    test::waitFor([this] { return !m_log.isEmpty() && m_log.last().startsWith("exit"_L1); });
    log(u"left %1"_s.arg(cluster->workers().size()));
}

void tst_NodeTogether::killedWithASignal()
{
    Worker *const worker = start();
    ask(worker, u"listen 0"_s);
    ::kill(pid_t(worker->processId()), SIGINT);
    test::waitFor([this] { return !m_log.isEmpty() && m_log.last().startsWith("exit"_L1); });
}

void tst_NodeTogether::oneExitsOneStays()
{
    const QList<Worker *> both = {start(), start()};
    const QString port = QString::number(freePort());
    ask(both[0], u"listen "_s + port);
    ask(both[1], u"listen "_s + port);
    both[0]->send(u"exit 4"_s);
    test::waitFor([this] { return !m_log.isEmpty() && m_log.last().startsWith("exit"_L1); });
    visit(port);
    end({both[1]});
    visit(port);
}

void tst_NodeTogether::sentAfterTheEnd()
{
    Worker *const worker = start();
    bool told = false;
    connect(worker, &Worker::disconnected, this, [this, worker, &told] {
        worker->send(u"late"_s, {}, {}, this, [this, &told](const net::Error &error) {
            log(u"sent "_s + error.code());
            told = true;
        });
    });
    worker->disconnectWorker();
    test::waitFor([&told] { return told; });
}

QTEST_GUILESS_MAIN(tst_NodeTogether)
#include "tst_nodetogether.moc"
