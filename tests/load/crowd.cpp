#include "tests/load/crowd.h"

#include "tests/load/usage.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace load {

void Crowd::startRound()
{
    m_tally = {};
    m_started = m_answered = 0;
    if (m_plan.habit == Habit::Slow || m_plan.habit == Habit::Drip) {
        connect(&m_tick, &QTimer::timeout, this, &Crowd::tick, Qt::UniqueConnection);
        m_tick.start(m_plan.habit == Habit::Slow ? 1 : 20);
    }
    fill();
}

void Crowd::fill()
{
    const int atOnce = m_plan.habit == Habit::Stay ? m_started - m_answered : int(m_clients.size());
    for (int more = m_plan.window - atOnce; more > 0 && m_started < m_plan.count; --more)
        start(m_started++);
}

void Crowd::start(int number)
{
    auto client = std::make_shared<Client>();
    client->number = number;
    client->socket = new net::Socket; // of nobody, so that it deletes itself
    client->socket->setAutoDelete(true);
    m_clients.append(client);
    Client &it = *client;
    connect(it.socket, &net::Socket::connected, this, [this, client] { greet(*client); });
    connect(it.socket, &net::Socket::data, this, [this, client](const QByteArray &bytes) { hear(*client, bytes); });
    connect(it.socket, &net::Socket::errorOccurred, this, [this, client](const net::Error &error) {
        // Who drips is thrown out in the middle of it.
        if (m_plan.habit != Habit::Drip || client->socket->bytesRead() > 0)
            fail(*client, error.message());
    });
    connect(it.socket, &net::Socket::closed, this, [this, client] { over(*client); });
    if (m_plan.habit == Habit::Stay) {
        // A system whose queue was full forgets connections that the client takes for open: one asks again, as others
        // do, and not all at the same moment.
        it.socket->setTimeout(1000 + number % 500);
        connect(it.socket, &net::Socket::timedOut, this, [this, client] {
            if (client->heard == m_plan.bytes)
                return;
            client->leaving = true;
            start(client->number);
            client->socket->destroy();
        });
    }
    it.socket->connectTo({.port = m_plan.port, .host = u"127.0.0.1"_s});
}

void Crowd::greet(Client &client)
{
    if (m_plan.habit == Habit::Slow) {
        client.socket->write(QByteArray::number(client.number) + '\n');
    } else if (m_plan.habit != Habit::Drip) {
        client.socket->write(pattern(client.number, 0, m_plan.bytes));
        // One of four vanishes without having heard anything.
        if (m_plan.habit == Habit::Cycle && client.number % 4 == 3) {
            client.leaving = true;
            client.socket->destroy();
        }
    }
}

void Crowd::hear(Client &client, const QByteArray &bytes)
{
    if (m_plan.habit == Habit::Drip)
        return;
    if (bytes != pattern(client.number, client.heard, bytes.size()))
        return fail(client, u"client %1: wrong bytes at %2"_s.arg(client.number).arg(client.heard));
    client.heard += bytes.size();
    if (m_plan.habit == Habit::Slow)
        client.socket->pause();
    if (m_plan.habit == Habit::Cycle && client.number % 4 == 2) {
        client.leaving = true;
        client.socket->resetAndDestroy();
    } else if (client.heard == m_plan.bytes) {
        ++m_tally.whole;
        client.socket->setTimeout(0);
        if (m_plan.habit != Habit::Stay) {
            client.socket->end();
            return;
        }
        if (++m_answered == m_plan.count)
            Q_EMIT allAnswered();
        fill();
    }
}

void Crowd::leave()
{
    for (const auto &client : QList(m_clients))
        client->socket->end();
}

// What one resumes or sends at a time: enough of them to get through, few enough to stay slow.
void Crowd::tick()
{
    const auto turns = m_plan.habit == Habit::Drip ? m_clients.size() : std::min<qsizetype>(m_clients.size(), 20);
    for (qsizetype i = 0; i < turns && !m_clients.isEmpty(); ++i) {
        const auto client = m_clients.at(m_next++ % m_clients.size());
        if (m_plan.habit == Habit::Slow)
            client->socket->resume();
        else if (client->number % 2 && client->socket->isWritable() && !client->socket->isConnecting())
            client->socket->write("x");
    }
}

void Crowd::fail(Client &client, const QString &why)
{
    ++m_tally.failed;
    m_tally.failure = why;
    std::fprintf(stderr, "  client %d: %s\n", client.number, qPrintable(why));
    client.leaving = true;
    client.socket->destroy();
}

void Crowd::over(Client &client)
{
    if (client.leaving)
        ++m_tally.left;
    else if (m_plan.habit == Habit::Drip)
        ++m_tally.closed;
    else if (client.heard < m_plan.bytes)
        fail(client, u"client %1: the end after %2 of %3"_s.arg(client.number).arg(client.heard).arg(m_plan.bytes));
    m_clients.removeIf([&client](const auto &each) { return each.get() == &client; });
    fill();
    if (m_clients.isEmpty() && m_started == m_plan.count) {
        m_tick.stop();
        Q_EMIT roundOver();
    }
}

} // namespace load

/// crowd <port> <count> <window> <bytes> <habit>: says "answered" once all are, "round ..." after each round, and reads
/// a line before what follows.
int main(int count, char **arguments)
{
    QCoreApplication application(count, arguments);
    QCoreApplication::setQuitLockEnabled(false); // rounds follow when the last socket has gone
    const QStringList args = application.arguments();
    if (args.size() != 6)
        return 2;
    load::raiseDescriptorLimit();
    load::Crowd crowd({.port = args[1].toUShort(),
                       .count = args[2].toInt(),
                       .window = args[3].toInt(),
                       .bytes = args[4].toLongLong(),
                       .habit = load::Habit(args[5].toInt())});
    bool answered = false;
    QObject::connect(&crowd, &load::Crowd::allAnswered, [&answered] {
        answered = true;
        std::puts("answered");
        std::fflush(stdout);
    });
    QObject::connect(&crowd, &load::Crowd::roundOver, &application, [&crowd] {
        // Once the sockets of the round are deleted.
        QTimer::singleShot(0, &crowd, [&crowd] {
            const load::Crowd::Tally &tally = crowd.tally();
            const load::Usage usage = load::Usage::now();
            std::printf("round %d %d %d %d %d %lld %s\n", tally.whole, tally.left, tally.closed, tally.failed,
                        usage.descriptors, static_cast<long long>(usage.memory), qPrintable(tally.failure));
            std::fflush(stdout);
        });
    });
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, [&] {
        char line[64];
        if (::read(STDIN_FILENO, line, sizeof line) <= 0)
            application.quit();
        else if (std::exchange(answered, false))
            crowd.leave();
        else
            crowd.startRound();
    });
    return application.exec();
}
