#include "libnet/foreign/unread.h"

#include "libnet/foreign/foreignsocket.h"

#include <QAbstractEventDispatcher>
#include <QThread>

namespace net::foreign {

Unread &Unread::current()
{
    static thread_local Unread unread;
    return unread;
}

Unread::Unread()
{
    if (QAbstractEventDispatcher *const dispatcher = QAbstractEventDispatcher::instance()) {
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &Unread::look);
        connect(dispatcher, &QAbstractEventDispatcher::awake, this, &Unread::look);
    }
    // Before QThread::wait() returns, and with it the sockets may go.
    connect(
        QThread::currentThread(), &QThread::finished, this, [this] { m_sockets.clear(); }, Qt::DirectConnection);
}

void Unread::look()
{
    for (auto it = m_sockets.begin(); it != m_sockets.end();)
        it = (*it)->settle() ? m_sockets.erase(it) : std::next(it);
}

} // namespace net::foreign
