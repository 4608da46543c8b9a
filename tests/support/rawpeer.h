#pragma once
#include <libnet/socket.h>

#include <QByteArray>
#include <QString>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace test {

/// A stream socket without manners, made of plain system calls: it can reset, end in mid-message, send one byte at a
/// time, and never read. Waiting runs the event loop, so that libnet goes on in the same thread.
class RawPeer
{
public:
    RawPeer() = default;
    explicit RawPeer(int fd);
    RawPeer(RawPeer &&other) noexcept;
    RawPeer &operator=(RawPeer &&other) noexcept;
    ~RawPeer() { close(); }

    /// A connection to \a port of loopback, or to a local path; check isOpen().
    static RawPeer connectedTo(quint16 port, const char *address = "127.0.0.1");
    static RawPeer connectedTo(const QString &path);

    bool isOpen() const { return m_fd >= 0; }
    int descriptor() const { return m_fd; }
    /// Gives the descriptor away.
    int release();
    quint16 localPort() const;

    /// Sends everything, waiting while the kernel is full. False on an error.
    bool write(const QByteArray &bytes);
    /// Sends what the kernel takes now; the number of bytes, or -1.
    qsizetype writeSome(const QByteArray &bytes);
    /// Exactly \a size bytes, or what came before the end or an error.
    QByteArray read(qsizetype size);
    /// Everything until the end or an error.
    QByteArray readToEnd();
    /// What is there now.
    QByteArray readSome(qsizetype most = 1 << 16);
    bool sawEnd() const { return m_sawEnd; }
    /// The errno of a read that failed, or 0.
    int readError() const { return m_readError; }

    void shutdownWrite();
    /// Closes with RST.
    void reset();
    void close();

private:
    int m_fd = -1;
    bool m_sawEnd = false;
    int m_readError = 0;
};

/// The descriptor behind \a socket, found among all of the process by its two ends; -1 if there is none.
int descriptorOf(const net::Socket &socket);
/// An integer socket option, or -1.
int optionOf(int fd, int level, int option);

/// A plain listener on a port of loopback, chosen by the system, or on a path.
class RawListener
{
public:
    explicit RawListener(int backlog = 16, const char *address = "127.0.0.1");
    explicit RawListener(const QString &path, int backlog = 16);
    RawListener(const RawListener &) = delete;
    RawListener &operator=(const RawListener &) = delete;
    ~RawListener();

    bool isOpen() const { return m_fd >= 0; }
    int descriptor() const { return m_fd; }
    int release();
    quint16 port() const;
    /// The next connection, waited for.
    RawPeer accept();

private:
    int m_fd = -1;
};

/// A port of loopback that is taken, so that nobody else gets it, and on which nobody listens.
class DeafPort
{
public:
    explicit DeafPort(const char *address = "127.0.0.1");
    DeafPort(const DeafPort &) = delete;
    DeafPort &operator=(const DeafPort &) = delete;
    ~DeafPort();

    quint16 port() const;

private:
    int m_fd;
};

} // namespace test
