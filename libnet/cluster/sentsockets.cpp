#include "libnet/cluster/sentsockets.h"

namespace net {

qint64 SentSockets::add(const std::shared_ptr<Census> &census)
{
    m_sockets.insert(++m_last, census);
    return m_last;
}

void SentSockets::remove(qint64 number)
{
    if (const std::shared_ptr<Census> census = m_sockets.take(number))
        census->closedAway();
}

void SentSockets::clear()
{
    const auto sockets = std::exchange(m_sockets, {});
    for (const std::shared_ptr<Census> &census : sockets)
        census->closedAway();
}

void WayBack::closed(qint64 number)
{
    QMutexLocker lock(&m_mutex);
    if (!m_worker)
        return;
    if (m_worker->thread() != QThread::currentThread()) {
        QMetaObject::invokeMethod(
            m_worker, [report = m_report, number] { report(number); }, Qt::QueuedConnection);
        return;
    }
    lock.unlock();
    m_report(number);
}

void WayBack::close()
{
    const QMutexLocker lock(&m_mutex);
    m_worker = nullptr;
}

} // namespace net
