#pragma once
#include "libnet/server_p.h"

#include <QHash>

namespace net {

/// The sockets that went to one other process and are still counted here, by number.
class SentSockets
{
public:
    SentSockets() = default;
    SentSockets(const SentSockets &) = delete;
    SentSockets &operator=(const SentSockets &) = delete;
    ~SentSockets() { clear(); }

    /// A number for a socket that is on its way.
    qint64 add(const std::shared_ptr<Census> &census);
    /// That socket has closed, or never got there.
    void remove(qint64 number);
    /// Nothing more is heard of any of them.
    void clear();

private:
    QHash<qint64, std::shared_ptr<Census>> m_sockets;
    qint64 m_last = 0;
};

/// Where sockets that came from another process report to, from any thread, while there is a way back.
class WayBack
{
public:
    explicit WayBack(QObject *worker, std::function<void(qint64)> report)
        : m_worker(worker),
          m_report(std::move(report))
    {
    }

    /// Calls the function, in the worker's thread.
    void closed(qint64 number);
    void close();

private:
    QMutex m_mutex;
    QObject *m_worker;
    const std::function<void(qint64)> m_report;
};

/// Counts one socket that came from another process, for the one who counts it there.
class ForeignCensus final : public Census
{
public:
    ForeignCensus(std::shared_ptr<WayBack> way, qint64 number) : m_way(std::move(way)), m_number(number) {}

    void connectionClosed() override { m_way->closed(m_number); }
    void sentAway() override {} // it stays counted there
    void closedAway() override { m_way->closed(m_number); }

private:
    const std::shared_ptr<WayBack> m_way;
    const qint64 m_number;
};

} // namespace net
