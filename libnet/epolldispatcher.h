#pragma once
#include "libnet/export.h"

#include <QAbstractEventDispatcher>

#include <memory>

namespace net {

/// An event dispatcher for programs without a window, on Linux: the sockets of libnet are waited for directly, where
/// Qt's own dispatchers ask poll() first and libnet's epoll instance after it. Opt-in:
///
///     QCoreApplication::setEventDispatcher(new net::EpollDispatcher); // before the application is made
///     thread.setEventDispatcher(new net::EpollDispatcher);            // before the thread is started
///
/// Application or thread takes ownership. Everything that Qt Core and Qt Network need works as with Qt's own: socket
/// notifiers of all types, timers, posted events, nested event loops, QProcess, QTcpSocket, QLocalSocket. Not for a
/// QGuiApplication, whose platform brings its own; and GLib's sources are not served. Needs three descriptors: without
/// them the program ends with a word why, as it does with Qt's dispatchers.
class LIBNET_EXPORT EpollDispatcher : public QAbstractEventDispatcher
{
    Q_OBJECT

public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    /// Precise timers are told to the kernel in nanoseconds. Coarse ones come up to 5 % late, never early, and
    /// together; very coarse ones at full seconds.
    void registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object) override;
    bool unregisterTimer(int id) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int id) override;

    /// Safe from any thread, and no system call unless the dispatcher sleeps.
    void wakeUp() override;
    void interrupt() override;

private:
    class LIBNET_HIDDEN Private;
    const std::unique_ptr<Private> d;
};

} // namespace net
