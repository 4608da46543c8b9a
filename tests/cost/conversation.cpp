#include "tests/cost/conversation.h"

#include <libnet/socket.h>

#include <QCoreApplication>

#include <array>
#include <cstring>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace test {

// The clients are no part of what is counted: they go around the C library.
static constexpr int MessageSize = 64;
static constexpr int Patience = 1000; // turns

void Conversation::runTurn()
{
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

Conversation::Conversation(std::function<void(net::Socket *, const QByteArray &)> onData) : m_onData(std::move(onData))
{
    QObject::connect(&m_server, &net::Server::connection, &m_server, [this](net::Socket *socket) {
        m_accepted.push_back(socket);
        QObject::connect(socket, &net::Socket::data, socket, [this, socket](const QByteArray &bytes) {
            if (m_onData)
                m_onData(socket, bytes);
            else
                socket->write(bytes);
        });
        QObject::connect(socket, &net::Socket::closed, &m_server, [this, socket] { std::erase(m_accepted, socket); });
    });
    m_server.listen({.path = m_folder.filePath(u"s"_s)});
    runTurn();
}

Conversation::~Conversation()
{
    closeClients();
}

void Conversation::connect()
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, m_folder.filePath(u"s"_s).toLocal8Bit().constData(), sizeof address.sun_path - 1);
    const auto fd = static_cast<int>(::syscall(SYS_socket, AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (::syscall(SYS_connect, fd, &address, sizeof address) != 0)
        qFatal("cannot connect to the server");
    m_clients.push_back(fd);
    for (int turn = 0; m_accepted.size() < m_clients.size() && turn < Patience; ++turn)
        runTurn();
}

bool Conversation::roundTrip()
{
    std::array<char, MessageSize> message = {};
    for (const int fd : m_clients)
        ::syscall(SYS_sendto, fd, message.data(), message.size(), 0, nullptr, 0);
    size_t answered = 0;
    for (int turn = 0; answered < m_clients.size() && turn < Patience; ++turn) {
        runTurn();
        while (answered < m_clients.size() && ::syscall(SYS_recvfrom, m_clients[answered], message.data(),
                                                        message.size(), 0, nullptr, nullptr) == MessageSize)
            ++answered;
    }
    return answered == m_clients.size();
}

bool Conversation::roundTrips(int count)
{
    bool good = true;
    for (int i = 0; good && i < count; ++i)
        good = roundTrip();
    return good;
}

qsizetype Conversation::send(int client, qsizetype size)
{
    const std::vector<char> bytes(size);
    return ::syscall(SYS_sendto, m_clients[client], bytes.data(), bytes.size(), 0, nullptr, 0);
}

qsizetype Conversation::receive(int client)
{
    std::array<char, 64 * 1024> bytes;
    qsizetype size = 0;
    for (;;) {
        const auto count = ::syscall(SYS_recvfrom, m_clients[client], bytes.data(), bytes.size(), 0, nullptr, nullptr);
        if (count <= 0)
            return size;
        size += count;
    }
}

void Conversation::closeClients()
{
    for (const int fd : m_clients)
        ::syscall(SYS_close, fd);
    m_clients.clear();
    for (int turn = 0; !m_accepted.empty() && turn < Patience; ++turn)
        runTurn();
    runTurn();
}

} // namespace test
