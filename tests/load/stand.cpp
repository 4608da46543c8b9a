#include "tests/load/stand.h"

#include "tests/support/waiting.h"

#include <cstdio>

using namespace Qt::StringLiterals;

namespace load {

Stand::Stand()
{
    raiseDescriptorLimit();
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &Stand::readCrowd);
    connect(&m_process, &QProcess::finished, this,
            [this](int code) { claim(code == 0, u"the crowd ends well, not with %1"_s.arg(code)); });
    connect(&m_server, &net::Server::connection, this, [this](net::Socket *) {
        ++accepted;
        most = std::max(most, m_server.connectionCount());
    });
}

Stand::~Stand()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(5000))
        m_process.kill();
    m_process.waitForFinished();
}

void Stand::echo()
{
    connect(&m_server, &net::Server::connection, this, [](net::Socket *socket) {
        // Clients reset on purpose.
        connect(socket, &net::Socket::errorOccurred, socket, [] {});
        socket->pipe(socket);
    });
}

bool Stand::listen(int backlog)
{
    m_server.listen(0, u"127.0.0.1"_s, backlog);
    return test::waitFor([this] { return m_server.isListening(); });
}

bool Stand::invite(Crowd::Plan plan)
{
    plan.port = m_server.address().port;
    m_process.start(QStringLiteral(CROWD_PROGRAM),
                    {QString::number(plan.port), QString::number(plan.count), QString::number(plan.window),
                     QString::number(plan.bytes), QString::number(int(plan.habit))});
    const bool started = m_process.waitForStarted();
    claim(started, u"the crowd is there"_s);
    before = Usage::now();
    return started;
}

void Stand::readCrowd()
{
    while (m_process.canReadLine()) {
        const QString line = QString::fromUtf8(m_process.readLine()).trimmed();
        if (line == "answered"_L1) {
            ++m_answered;
        } else if (line.startsWith("round "_L1)) {
            const QStringList words = line.split(u' ');
            tally = {.whole = words.value(1).toInt(),
                     .left = words.value(2).toInt(),
                     .closed = words.value(3).toInt(),
                     .failed = words.value(4).toInt(),
                     .failure = words.mid(7).join(u' ')};
            crowd = {.descriptors = words.value(5).toInt(), .memory = words.value(6).toLongLong()};
            ++m_rounds;
        }
    }
}

void Stand::goOn()
{
    m_process.write("go\n");
    m_process.waitForBytesWritten();
}

bool Stand::waitAnswered(int seconds)
{
    const int seen = m_answered;
    return test::waitFor([this, seen] { return m_answered > seen; }, seconds * 1000);
}

bool Stand::waitRound(int seconds)
{
    const int seen = m_rounds;
    return test::waitFor([this, seen] { return m_rounds > seen && m_server.connectionCount() == 0; }, seconds * 1000);
}

void Stand::claim(bool holds, const QString &what)
{
    if (holds)
        return;
    ++m_complaints;
    std::printf("  NOT TRUE: %s\n", qPrintable(what));
}

void Stand::claimMemory(bool holds, const QString &what)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    Q_UNUSED(holds)
    Q_UNUSED(what)
#else
    claim(holds, what);
#endif
}

} // namespace load
