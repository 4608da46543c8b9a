#pragma once
#include "libnet/socket.h"

#include <QIODevice>
#include <QPointer>

namespace net {

/// Carries what a device has, and will have, to a socket with backpressure. A child of the socket.
class DevicePipe : public QObject
{
public:
    DevicePipe(QIODevice *source, Socket *destination, bool end);

    QIODevice *source() const { return m_source; }
    void start();
    /// Stops at once and deletes itself.
    void stop();

private:
    /// Carries one piece; the next one follows in another turn.
    void carry();
    /// Has the kernel send a piece of a file. False if that is not possible or not worth it, or if the file has ended.
    bool sendFile();
    bool isPlainFile() const;
    void carryLater();
    void sourceEnded();
    void fail(const Error &error);

    QPointer<QIODevice> m_source;
    Socket *const m_destination;
    const bool m_end;
    bool m_finished = false; ///< the device has said that nothing more comes
    bool m_posted = false;
    bool m_unfit = false; ///< the kernel can't send this file
};

} // namespace net
