#pragma once
#include "tests/model/journal.h"
#include "tests/model/link.h"
#include "tests/model/socketmodel.h"
#include "tests/model/streams.h"

#include <libnet/socket.h>

#include <QPointer>

#include <optional>

namespace model {

/// One socket, the model of it, and somebody who calls whatever the API has, also from inside its events.
class Actor : public QObject
{
public:
    /// Relay: what the socket says is said by another one; it writes nothing of its own.
    enum class Role { Speaker, Relay };

    Actor(Journal &journal, Streams &streams, const QString &name, net::Socket *socket, Role role);

    net::Socket *socket() const { return m_socket; }
    const SocketModel &model() const { return m_model; }
    bool isOver() const;
    /// It was told to wait for silence, and all is silent.
    bool owesTimedOut() const { return m_socket && m_model.owesTimedOut(); }
    /// While \a quiet, nothing is called from inside events.
    void setQuiet(bool quiet) { m_quiet = quiet; }

    void accepted(const std::shared_ptr<Link> &link);
    void connectTo(const Way &way);
    /// One call, chosen by the dice.
    void act();
    /// Makes it end by itself: everything is read, nothing is held back, and nothing more is written.
    void windDown();
    /// The socket is about to be deleted by us.
    void expectDeletion();
    void deleteSocket();
    void destroySocket();
    /// What the socket says of itself must be what the model says.
    void look();

private:
    void listen();
    void listenToData();
    void received(const QByteArray &bytes);
    void perhapsActInside();

    void note(const QString &what);
    void beginStream();
    void join(const std::shared_ptr<Link> &link, Link::Side side);
    void leaveLink();
    void noteEnds();
    /// Tells the model what of the surroundings may have failed the socket.
    void findCauses();
    qsizetype someSize();
    int newTicket() { return ++m_lastTicket; }
    auto telling(int ticket)
    {
        return [this, ticket](const net::Error &error) {
            note(QStringLiteral("told %1 %2").arg(ticket).arg(error.code()));
            findCauses();
            m_model.told(ticket, error.code());
        };
    }

    void write();
    void end();
    void read();
    void readUntilEmpty();
    void unshift();
    void pauseOrResume(bool pause);
    void reset();
    void adjust();

    Journal &m_journal;
    Streams &m_streams;
    QPointer<net::Socket> m_socket;
    SocketModel m_model;
    Role m_role;
    quint32 m_stream = 0;
    std::shared_ptr<Door> m_door; ///< whom we have asked to connect us
    std::shared_ptr<Link> m_link;
    Link::Side m_side = Link::Client;
    int m_lastTicket = 0;
    int m_depth = 0;
    int m_events = 0; ///< that were asked whether to act inside them
    bool m_listens = false;
    bool m_listensReadable = false;
    bool m_quiet = false;
    bool m_eager = false; ///< winding down: everything is read
    bool m_deletionExpected = false;
    // Of what comes: whose it is, and which byte is next, as long as none may have been lost.
    QByteArray m_header;
    std::optional<quint32> m_from;
    bool m_lossless = true;
    bool m_flowsToNobody = false;
    quint64 m_next = 0;
};

} // namespace model
