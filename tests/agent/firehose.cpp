#include "fakesubject.h"

#include "libnet/agent/agent.h"
#include "libnet/probe/clock.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRandomGenerator>
#include <QSocketNotifier>
#include <QTimer>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <unistd.h>
#include <vector>

using namespace net::probe;
using namespace Qt::StringLiterals;

namespace {

/// An application that never is: servers and sockets that do everything an inspector can show, at a chosen rate.
class Firehose
{
public:
    Firehose(int servers, int sockets, double rate, double churn);

    /// What happens begins now.
    void start() { m_lastTurn = net::probe::monotonicNow(); }
    void turn();
    quint64 emitted() const { return m_emitted; }
    void print() const;

private:
    std::unique_ptr<FakeSubject> makeSocket();
    void act(FakeSubject &socket);
    void replace(std::unique_ptr<FakeSubject> &socket);

    std::vector<std::unique_ptr<FakeSubject>> m_servers;
    std::vector<std::unique_ptr<FakeSubject>> m_sockets;
    QRandomGenerator m_random{1};
    QByteArray m_request = "GET /weather?city=Wien HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n";
    QByteArray m_answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 14\r\n\r\nGr\xc3\xbc\xc3\x9f "
                          "Gott \xe2\x98\x80\n";
    double m_rate;
    double m_churn;
    double m_due = 0;
    double m_churnDue = 0;
    qint64 m_lastTurn = net::probe::monotonicNow();
    std::size_t m_next = 0;
    quint16 m_port = 40000;
    quint64 m_emitted = 0;
};

Firehose::Firehose(int servers, int sockets, double rate, double churn) : m_rate(rate), m_churn(churn)
{
    for (int i = 0; i < servers; ++i) {
        auto server = std::make_unique<FakeSubject>(SubjectKind::Server);
        Facts &facts = server->mutableFacts();
        facts.name = u"server %1"_s.arg(i + 1);
        facts.descriptor = 10 + i;
        if (i % 3 == 2)
            facts.local = {.address = u"/run/firehose-%1.sock"_s.arg(i + 1), .family = net::Family::Local};
        else
            facts.local = {.address = i % 3 == 1 ? u"::"_s : u"127.0.0.1"_s,
                           .family = i % 3 == 1 ? net::Family::IPv6 : net::Family::IPv4,
                           .port = quint16(8000 + i)};
        facts.family = facts.local.family;
        server->describe();
        server->change(EventKind::Listening, State::Listening);
        m_servers.push_back(std::move(server));
    }
    for (int i = 0; i < sockets; ++i)
        m_sockets.push_back(makeSocket());
}

std::unique_ptr<FakeSubject> Firehose::makeSocket()
{
    FakeSubject *const server =
        m_servers.empty() ? nullptr : m_servers[m_random.bounded(quint32(m_servers.size()))].get();
    auto socket = std::make_unique<FakeSubject>(SubjectKind::Socket, server ? server->id() : 0);
    Facts &facts = socket->mutableFacts();
    facts.local = server ? server->facts().local
                         : net::SocketAddress{.address = u"10.0.0.1"_s, .family = net::Family::IPv4, .port = 80};
    facts.remote = facts.local;
    if (facts.remote.family == net::Family::Local)
        facts.remote.address.clear();
    else
        facts.remote.port = m_port = m_port == 65535 ? 40000 : m_port + 1;
    facts.family = facts.local.family;
    facts.descriptor = int(m_random.bounded(20, 10000));
    if (m_random.bounded(4) == 0)
        facts.name = u"customer %1"_s.arg(socket->id());
    socket->describe();
    if (server)
        server->accept(*socket);
    socket->change(EventKind::Connected, State::Open);
    m_emitted += 2;
    return socket;
}

void Firehose::turn()
{
    const qint64 now = net::probe::monotonicNow();
    const double seconds = double(now - m_lastTurn) / 1e9;
    m_lastTurn = now;
    m_due += m_rate * seconds;
    m_churnDue += m_churn * seconds;
    for (; m_due >= 1 && !m_sockets.empty(); m_due -= 1)
        act(*m_sockets[m_next++ % m_sockets.size()]);
    for (; m_churnDue >= 1 && !m_sockets.empty(); m_churnDue -= 1)
        replace(m_sockets[m_random.bounded(quint32(m_sockets.size()))]);
}

void Firehose::act(FakeSubject &socket)
{
    ++m_emitted;
    switch (m_random.bounded(64)) {
    case 0:
        socket.setFlag(Paused, true);
        return socket.change(EventKind::Paused, socket.facts().state);
    case 1:
        socket.setFlag(Paused, false);
        return socket.change(EventKind::Resumed, socket.facts().state);
    case 2:
        socket.setFlag(NeedsDrain, true);
        return socket.queue(20000);
    case 3:
        socket.setFlag(NeedsDrain, false);
        socket.send(QByteArray(int(socket.facts().queued), '.'));
        return socket.change(EventKind::Drain, socket.facts().state);
    case 4:
        if (m_random.bounded(50) == 0)
            return socket.change(EventKind::PeerEnded, State::ReadEnded);
        [[fallthrough]];
    default:
        if (m_random.bounded(2) == 0)
            socket.receive(m_request);
        else
            socket.send(m_answer, socket.facts().queued);
    }
}

void Firehose::replace(std::unique_ptr<FakeSubject> &socket)
{
    if (m_random.bounded(5) == 0)
        socket->fail(ECONNRESET, u"read ECONNRESET"_s);
    socket->change(EventKind::Closed, State::Closed, (socket->facts().flags & Failed) ? 1 : 0);
    socket = makeSocket();
    ++m_emitted;
}

void Firehose::print() const
{
    quint64 received = 0;
    quint64 sent = 0;
    for (const auto &socket : m_sockets) {
        received += socket->facts().received;
        sent += socket->facts().sent;
    }
    std::printf("firehose: %zu servers, %zu sockets, %llu events, %llu bytes received, %llu sent by those alive\n",
                m_servers.size(), m_sockets.size(), static_cast<unsigned long long>(m_emitted),
                static_cast<unsigned long long>(received), static_cast<unsigned long long>(sent));
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"firehose"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Runs the agent over servers and sockets that are made up."_s);
    parser.addHelpOption();
    const auto add = [&parser](const QString &name, const QString &what, const QString &value) {
        parser.addOption({name, what, u"n"_s, value});
    };
    add(u"servers"_s, u"Number of servers."_s, u"3"_s);
    add(u"sockets"_s, u"Number of sockets."_s, u"100"_s);
    add(u"rate"_s, u"Events per second, over all sockets."_s, u"1000"_s);
    add(u"churn"_s, u"Sockets per second that are closed and replaced."_s, u"1"_s);
    add(u"seconds"_s, u"How long to run; 0: until killed."_s, u"0"_s);
    parser.addOption(
        {u"hold"_s, u"Begin when a line comes on the standard input, and stay at the end until it is closed."_s});
    parser.process(application);
    const auto number = [&parser](const QString &name) {
        return parser.value(name).toDouble();
    };

    if (!net::Agent::start({.payload = true})) {
        std::fprintf(stderr, "firehose: %s\n", qPrintable(net::Agent::errorString()));
        return 1;
    }
    Firehose firehose(int(number(u"servers"_s)), int(number(u"sockets"_s)), number(u"rate"_s), number(u"churn"_s));
    std::printf("firehose: pid %lld at %s\n", static_cast<long long>(QCoreApplication::applicationPid()),
                qPrintable(net::Agent::socketPath()));
    firehose.print();
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, &application, [&firehose] { firehose.turn(); });
    const bool holds = parser.isSet(u"hold"_s);
    const auto end = [&] {
        timer.stop();
        firehose.print();
        if (!holds)
            QCoreApplication::quit();
    };
    const auto begin = [&] {
        firehose.start();
        timer.start(1);
        if (const double seconds = number(u"seconds"_s); seconds > 0)
            QTimer::singleShot(int(seconds * 1000), Qt::PreciseTimer, &application, end);
    };
    QSocketNotifier input(fileno(stdin), QSocketNotifier::Read);
    input.setEnabled(holds);
    QObject::connect(&input, &QSocketNotifier::activated, &application, [&] {
        char line[64];
        if (::read(fileno(stdin), line, sizeof line) <= 0)
            QCoreApplication::quit();
        else if (!timer.isActive())
            begin();
    });
    if (!holds)
        begin();
    return QCoreApplication::exec();
}
