#pragma once
#include "libnet/transport/descriptor.h"

#include <QAbstractEventDispatcher>
#include <QHash>
#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <vector>

/// An event dispatcher of Qt's whose whole state stands behind one descriptor, so that another loop can watch it:
/// when descriptor() is readable, processEvents() has something to do.
class EpollDispatcher : public QAbstractEventDispatcher
{
public:
    EpollDispatcher();

    int descriptor() const { return m_epoll.get(); }

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;
    void registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object) override;
    bool unregisterTimer(int id) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int id) override;
    void wakeUp() override;
    void interrupt() override;

private:
    struct Timer
    {
        int id;
        qint64 interval; ///< ms
        Qt::TimerType type;
        QObject *object;
        qint64 due; ///< ns
    };
    /// The notifiers of one descriptor, by QSocketNotifier::Type.
    using Notifiers = std::array<QSocketNotifier *, 3>;

    void watch(int fd, const Notifiers &before, const Notifiers &now);
    void notify(int fd, quint32 events);
    void runTimers();
    void armTimer();

    net::Descriptor m_epoll;
    net::Descriptor m_clock;
    net::Descriptor m_bell; ///< rung by wakeUp()
    QHash<int, Notifiers> m_notifiers;
    std::vector<Timer> m_timers;
    std::atomic<bool> m_interrupted = false;
};
