#pragma once
#include "tests/model/actor.h"

#include <libnet/server.h>

#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace model {

/// The servers and sockets of one episode.
class Stage : public QObject
{
public:
    explicit Stage(Journal &journal);
    ~Stage() override;

    /// One call on one of them, and now and then a look at the event loop.
    void step(int number);
    /// Everything ends in good order, within reasonable time, and all that was sent has arrived.
    void close();

private:
    enum Kind { Tcp, Path, Proxy, Kinds };
    /// A server and what it still owes.
    struct Listener
    {
        std::unique_ptr<net::Server> server;
        std::shared_ptr<Door> door; ///< of the last listen()
        int listens = 0;            ///< listen() calls that have told nothing yet
        int closes = 0;             ///< closed() that may still come; two close() may share one
        bool awaitsClosed = false;
        int questions = 0; ///< getConnections() without an answer
    };

    void open(Kind kind);
    void listen(Kind kind);
    void closeServer(Kind kind);
    void stepServer(Kind kind);
    void accepted(Kind kind, net::Socket *socket);
    void relay(Actor *from);
    void addClient();
    Actor *add(const QString &name, net::Socket *socket, Actor::Role role);
    Actor *someActor();
    Way somewhere();
    Way wayTo(Kind kind) const;
    std::shared_ptr<Link> linkOf(Kind kind, quint16 port);
    /// Nobody calls anything until those who wait for silence were told of it.
    void beSilent();
    void turn();
    void sweep();
    bool allOver();
    void compareStreams();
    void require(bool condition, const char *claim);

    Journal &m_journal;
    Streams m_streams;
    QTemporaryDir m_folder;
    Listener m_listeners[Kinds];
    std::vector<std::unique_ptr<Actor>> m_actors;
    std::vector<QPointer<net::Socket>> m_clients; ///< ours, as long as their actors let them live
    int m_accepted = 0;                           ///< who has a name of that kind
    int m_connecting = 0;                         ///< the same: theirs do not depend on when somebody is accepted
    bool m_closing = false;
    bool m_proxied = false; ///< in this episode: what a proxy loses with its own connections is nobody's fault
};

} // namespace model
