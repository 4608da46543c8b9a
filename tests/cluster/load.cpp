#include "tests/cluster/load.h"

#include <libnet/net.h>

#include <QTimer>

namespace test {

using namespace Qt::StringLiterals;

static constexpr int Clients = 24;
static constexpr int Rounds = 4;

namespace {

/// One connection of the load: greeted, then a few rounds of echo.
struct Talk
{
    QByteArray got;
    qint64 process = 0;
    int rounds = 0;
    bool complete = false;
};

} // namespace

Load::Load(quint16 port) : m_port(port)
{
    for (int i = 0; i < Clients; ++i)
        start();
}

QStringList Load::distribution() const
{
    QStringList lines;
    for (auto it = m_served.cbegin(); it != m_served.cend(); ++it)
        lines.append(u"process %1: %2"_s.arg(it.key()).arg(it.value()));
    return lines;
}

void Load::start()
{
    ++m_open;
    auto talk = std::make_shared<Talk>();
    net::Socket *const socket = net::connect(m_port, u"127.0.0.1"_s);
    connect(socket, &net::Socket::data, this, [this, socket, talk](const QByteArray &bytes) {
        talk->got += bytes;
        if (!talk->process) {
            const qsizetype end = talk->got.indexOf('\n');
            if (end < 0)
                return;
            talk->process = talk->got.left(end).split(' ').value(3).toLongLong();
            talk->got.remove(0, end + 1);
            ++m_served[talk->process];
            socket->write("round");
            return;
        }
        if (talk->got.size() < 5)
            return;
        talk->got.clear();
        if (++talk->rounds < Rounds) {
            socket->write("round");
        } else {
            talk->complete = true;
            socket->end();
        }
    });
    connect(socket, &net::Socket::closed, this, [this, talk, why = std::make_shared<net::Error>()](bool) {
        --m_open;
        if (talk->complete)
            ++m_finished;
        else if (m_killed.contains(talk->process) || !talk->process)
            ++m_lost;
        else
            m_failures.append(u"process %1, after %2 rounds"_s.arg(talk->process).arg(talk->rounds));
        if (!talk->process && m_killed.isEmpty())
            m_failures.append(u"refused"_s);
        if (!m_stopping)
            QTimer::singleShot(0, this, [this] { start(); });
    });
}

} // namespace test
