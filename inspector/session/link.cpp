#include "inspector/session/link.h"

#include "libnet/wire/peercredentials.h"

#include <algorithm>

namespace inspector {

using namespace std::chrono_literals;
using namespace net::wire;

// What may wait unread in this process: the agent counts what it cannot send instead of growing.
static constexpr qint64 unreadLimit = 4 * 1024 * 1024;
static constexpr qint64 bytesPerTurn = 1024 * 1024;

Link::Link(const AgentCard &card, QObject *parent) : QObject(parent), m_card(card)
{
    m_socket.setReadBufferSize(unreadLimit);
    m_patience.setSingleShot(true);
    m_patience.setInterval(5s);
    m_retry.setSingleShot(true);
    m_hold.setInterval(1s);
    connect(&m_socket, &QLocalSocket::connected, this, &Link::greet);
    connect(&m_socket, &QLocalSocket::readyRead, this, &Link::read);
    connect(&m_socket, &QLocalSocket::disconnected, this, [this] {
        // Its last words may still wait here.
        while (m_socket.bytesAvailable() > 0 && m_dialogue && !m_dialogue->hasFailed())
            m_dialogue->receive(m_socket.read(bytesPerTurn));
        giveUp(tr("the agent hung up"));
    });
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] {
        if (m_socket.state() == QLocalSocket::UnconnectedState || m_state == State::Connecting)
            giveUp(problemOf(m_socket));
    });
    connect(&m_patience, &QTimer::timeout, this, [this] { giveUp(tr("the agent does not answer")); });
    connect(&m_retry, &QTimer::timeout, this, &Link::start);
    connect(&m_hold, &QTimer::timeout, this, [this] { send({.verb = QStringLiteral("hold")}); });
}

QString Link::problemOf(const QLocalSocket &socket)
{
    const QLocalSocket::LocalSocketError error = socket.error();
    // Its application has ended, and left its card behind.
    if (error == QLocalSocket::ConnectionRefusedError || error == QLocalSocket::ServerNotFoundError)
        return tr("nobody answers any more");
    return socket.errorString();
}

Link::~Link()
{
    m_socket.disconnect(this);
}

void Link::open()
{
    if (m_state == State::Off)
        start();
}

// An agent that talks on is not listened to for ever.
void Link::readLast()
{
    for (qint64 left = unreadLimit; left > 0 && m_dialogue && !m_dialogue->hasFailed();) {
        if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(0))
            break;
        const QByteArray bytes = m_socket.read(std::min(left, bytesPerTurn));
        left -= std::max<qint64>(1, bytes.size());
        if (m_dialogue)
            m_dialogue->receive(bytes);
    }
}

void Link::close()
{
    setState(State::Off);
    m_retry.stop();
    m_patience.stop();
    if (m_socket.state() == QLocalSocket::ConnectedState) {
        QByteArray bytes;
        encode(bytes, Bye{.reason = ByeReason::Detached});
        m_socket.write(bytes);
        m_socket.flush(); // the link may be deleted before the loop would do it
    }
    m_socket.disconnectFromServer();
}

void Link::start()
{
    m_dialogue = nullptr;
    m_patience.start();
    setState(State::Connecting);
    m_socket.connectToServer(m_card.socket, QIODevice::ReadWrite);
}

void Link::greet()
{
    const std::optional<PeerCredentials> peer = peerCredentials(m_socket.socketDescriptor());
    if (!peer || !peer->isTrusted()) {
        giveUp(tr("the process at the other end belongs to another user"));
        return;
    }
    m_dialogue = std::make_unique<Dialogue>();
    connect(m_dialogue.get(), &Dialogue::greeted, this, [this] {
        m_attempts = 0;
        m_problem.clear();
        m_patience.stop();
        setState(State::Attached);
    });
    connect(m_dialogue.get(), &Dialogue::answered, this, &Link::answered);
    connect(m_dialogue.get(), &Dialogue::failed, this, &Link::giveUp);
    connect(m_dialogue.get(), &Dialogue::ended, this, [this] { giveUp(tr("the application has ended the session")); });
    Q_EMIT begun(m_dialogue.get());
    setState(State::Greeting);
    m_socket.write(Dialogue::greeting(Observe | SeePayload | Control));
}

void Link::read()
{
    if (!m_dialogue || m_dialogue->hasFailed())
        return;
    m_dialogue->receive(m_socket.read(bytesPerTurn));
    // The window gets its turn before the rest.
    if (m_socket.bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &Link::read, Qt::QueuedConnection);
}

void Link::giveUp(const QString &problem)
{
    if (m_state == State::Off || m_state == State::Waiting)
        return;
    m_problem = problem;
    m_patience.stop();
    // Doubling from 250 ms to 4 s: an agent that is busy is not asked more often than it can answer.
    m_retry.start(250ms * (1 << std::min(m_attempts++, 4)));
    setState(State::Waiting);
    m_socket.abort();
}

void Link::capture(quint64 subject, bool on)
{
    if (m_state == State::Attached && hasRight(SeePayload))
        m_socket.write(Dialogue::captureRequest(subject, on));
}

void Link::watch(const QList<WatchRecord> &wanted)
{
    if (speaks(watchVersion) && !wanted.isEmpty())
        m_socket.write(Dialogue::watchRequest(wanted));
}

bool Link::wasMisunderstood() const
{
    return m_dialogue && m_dialogue->hasFailed();
}

bool Link::speaks(quint16 version) const
{
    return m_state == State::Attached && m_dialogue->agent().version >= version;
}

quint64 Link::command(quint64 subject, const QString &verb, const QCborMap &arguments)
{
    // Without the right it is sent all the same: the agent says best what would grant it.
    if (!speaks(controlVersion))
        return 0;
    if (!m_hold.isActive())
        m_hold.start();
    send({.id = ++m_lastCommand, .subject = subject, .verb = verb, .arguments = arguments});
    return m_lastCommand;
}

void Link::send(const Command &command)
{
    if (m_state == State::Attached)
        m_socket.write(Dialogue::commandRequest(command));
    else
        m_hold.stop();
}

bool Link::hasRight(Right right) const
{
    return m_state == State::Attached && m_dialogue && (m_dialogue->agent().rights & right);
}

void Link::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace inspector
