#pragma once
#include <libnet/server.h>

#include <QTemporaryDir>

#include <functional>
#include <vector>

namespace test {

/// A server of libnet and clients made of system calls, in one thread and on a local socket: what a client sends is
/// there at once, so that the same work takes the same steps each time.
class Conversation
{
public:
    /// The server sends back what comes, unless \a onData does something else.
    explicit Conversation(std::function<void(net::Socket *, const QByteArray &)> onData = {});
    ~Conversation();
    Conversation(const Conversation &) = delete;
    Conversation &operator=(const Conversation &) = delete;

    /// A connection more, accepted.
    void connect();
    /// A message of 64 bytes on every connection, and all the echoes. False if one did not come.
    bool roundTrip();
    /// roundTrip(), so often.
    bool roundTrips(int count);
    /// The bytes that the kernel takes from a client at once.
    qsizetype send(int client, qsizetype size);
    /// Reads what there is for a client; its size.
    qsizetype receive(int client = 0);
    static void runTurn();
    void closeClients();

    const std::vector<net::Socket *> &accepted() const { return m_accepted; }

private:
    std::function<void(net::Socket *, const QByteArray &)> m_onData;
    QTemporaryDir m_folder;
    net::Server m_server;
    std::vector<net::Socket *> m_accepted;
    std::vector<int> m_clients;
};

} // namespace test
