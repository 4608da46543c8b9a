#pragma once
#include "libnet/socket.h"

#include <QIODevice>
#include <QPointer>

#include <functional>

namespace net {

/// A socket seen as a sequential device. A child of the socket. It takes what the socket has read, up to a limit, and
/// keeps it until somebody reads.
class SocketDevice : public QIODevice
{
public:
    SocketDevice(Socket *socket, qint64 readBufferSize);
    ~SocketDevice() override;

    /// Opens again after close(), or after the socket has connected anew.
    void openAgain();
    void setReadBufferSize(qint64 size);

    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_bytes.size() + QIODevice::bytesAvailable(); }
    qint64 bytesToWrite() const override;
    bool canReadLine() const override { return m_bytes.contains('\n') || QIODevice::canReadLine(); }
    void close() override;
    bool waitForReadyRead(int msecs) override;
    bool waitForBytesWritten(int msecs) override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 readLineData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    /// Takes from the socket what fits, and tells.
    void pull();
    void pullLater();
    void finishReading();
    bool runUntil(const std::function<bool()> &done, int msecs);

    QPointer<Socket> m_socket;
    QByteArray m_bytes;
    qint64 m_readBufferSize;
    quint64 m_received = 0;
    quint64 m_written = 0;
    bool m_finished = false; ///< readChannelFinished() was emitted
    bool m_telling = false;  ///< readyRead() is never emitted from inside itself
    bool m_posted = false;
};

} // namespace net
