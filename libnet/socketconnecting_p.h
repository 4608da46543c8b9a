#pragma once
#include "libnet/options.h"
#include "libnet/socket_p.h"
#include "libnet/transport/connectrace.h"
#include "libnet/transport/resolver.h"

namespace net {

/// A socket on its way to a connection: looks names up, runs the race, tells the socket. Exists only meanwhile;
/// destroying it gives up.
class SocketConnecting : public ConnectRace::Owner, private NextTick::Owner, private Mortal
{
public:
    SocketConnecting(Socket *q, Socket::Private *socket, ConnectOptions options);

    void start();
    /// For a change of threads.
    NextTick::Luggage detach();
    void attach(NextTick::Luggage luggage);
    bool isResolving() const { return !m_race; }
    /// A user's resolver owes us an answer.
    bool isAsking() const { return bool(m_question); }
    SocketAddress target() const { return m_target; }

private:
    void askUser(const QString &host);
    void lookedUp(const Error &error, const QList<SocketAddress> &addresses);
    void race(QList<SocketAddress> candidates);

    void attempting(const SocketAddress &address) override;
    void attemptFailed(const SocketAddress &address, const Error &error) override;
    void attemptTimedOut(const SocketAddress &address) override;
    void won(Descriptor descriptor) override;
    void lost(const Error &error) override;

    Socket *q;
    Socket::Private *m_socket;
    ConnectOptions m_options;
    SocketAddress m_target;
    Resolver m_resolver;
    std::shared_ptr<SocketConnecting *> m_question; ///< held while a user's resolver owes us an answer
    bool m_several = false;                         ///< more than one address to try
    std::unique_ptr<ConnectRace> m_race;
};

} // namespace net
