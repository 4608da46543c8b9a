#pragma once
#include "libnet/socket.h"

#include <QPointer>

#include <optional>

namespace net {

/// Carries what one socket reads to a destination with backpressure. A child of the source as long as
/// that has something to say.
class SocketPipe : public QObject
{
public:
    QObject *destination() const { return m_destination; }
    /// Lets the source flow, or waits for the destination.
    void start();
    /// Stops at once and deletes itself.
    void stop();
    /// Somebody has begun to receive from the source.
    void lookAround() { m_alone.reset(); }
    /// Reads once from the source and lets the kernel carry what comes to the destination, past all signals. False if
    /// that is not possible or not worth it: nothing was read. Anybody may be gone afterwards.
    bool move();

protected:
    SocketPipe(Socket *source, QObject *destination, bool end);

    /// Passes \a bytes on; false: not more until goOn().
    virtual bool put(const QByteArray &bytes) = 0;
    virtual bool isFull() const = 0;
    /// The destination, if it is a socket.
    virtual Socket *socket() const { return nullptr; }
    /// The source has ended.
    virtual void endDestination() = 0;
    /// The destination has room again.
    void goOn();
    /// The destination takes no more.
    void leave();

    const QPointer<Socket> m_source;
    bool m_ended = false; ///< the source has, and the destination was told so

private:
    bool mayMove();
    void forward(const QByteArray &bytes);
    void wait();

    QPointer<QObject> m_destination;
    bool m_waiting = false;      ///< we have paused the source until the destination drains
    bool m_prepared = false;     ///< both descriptors are, for the kernel's pipe
    bool m_unfit = false;        ///< the kernel can't carry between these two
    std::optional<bool> m_alone; ///< nobody else receives from the source; empty: to be found out
    qsizetype m_lastSize = 0;    ///< of what was read last
};

/// To another socket, or back to the same.
class PipeToSocket : public SocketPipe
{
public:
    PipeToSocket(Socket *source, Socket *destination, bool end);

private:
    bool put(const QByteArray &bytes) override;
    bool isFull() const override;
    Socket *socket() const override { return m_socket; }
    void endDestination() override;

    Socket *const m_socket;
};

/// To any device: full is what has much to write.
class PipeToDevice : public SocketPipe
{
public:
    PipeToDevice(Socket *source, QIODevice *device, bool end);

private:
    bool put(const QByteArray &bytes) override;
    bool isFull() const override;
    void endDestination() override;
    bool write();
    void written();
    void close();
    void fail(const Error &error);

    QIODevice *const m_device;
    QByteArray m_rest; ///< what the device did not take
};

} // namespace net
