#pragma once
#include "libnet/transport/readbuffer.h"

#include <QObject>

#include <memory>

namespace net {

/// Tells the watches of one thread when their descriptors are ready.
/// All of them stand behind a single QSocketNotifier where the system can nest (epoll), since Qt's dispatchers
/// poll() every notifier on every turn; elsewhere there is one notifier for each descriptor.
class Reactor
{
public:
    enum Readiness : quint8 { Nothing = 0, Readable = 1, Writable = 2 };

    /// Something that waits for a descriptor. Owned by whoever derives from it; forgets itself when it dies.
    class Watch
    {
    public:
        Watch() = default;
        Watch(const Watch &) = delete;
        Watch &operator=(const Watch &) = delete;

    protected:
        virtual ~Watch();
        /// The descriptor is ready for some of what was wanted; errors and hang-ups count as everything.
        /// Spurious calls happen. The watch may die in it.
        virtual void ready(quint8 readiness) = 0;
        /// The reactor that reports to it, or null. Looking up the thread's own costs more.
        Reactor *reactor() const { return m_reactor; }

    private:
        friend class Reactor;
        Reactor *m_reactor = nullptr;
        int m_fd = -1;
        quint32 m_slot = 0;
        quint8 m_wanted = Nothing;
        quint8 m_armed = Nothing; ///< what the system was asked for; narrowed only when it bothers
    };

    /// The reactor of the current thread.
    static Reactor &current();
    ~Reactor();

    /// From now on \a watch hears of \a readiness (or'ed) on \a fd; Nothing pauses it.
    void want(Watch &watch, int fd, quint8 readiness);
    /// \a watch hears nothing more, also not of what was already collected.
    static void forget(Watch &watch);

    /// The reactor of the current thread, if it has one, goes on under the application that has come.
    static void followApplication();

    ReadBuffer &readBuffer() { return m_readBuffer; }
    /// Counts \a bytes against what one turn may move before Qt's other events have theirs.
    void spend(qsizetype bytes) { m_spent += bytes; }

    /// When the readiness that is being delivered was found, in ns of CLOCK_MONOTONIC. 0: nothing is being delivered,
    /// or nobody has asked for a while: the clock is read for the next turns of whoever asks.
    qint64 readyAt();

    /// Called after each delivered readiness, and after what one question to the system has brought; the latter returns
    /// whether the system may be asked again in the same turn. Both get \a who.
    void setHooks(void (*afterEach)(void *), bool (*afterBatch)(void *), void *who);

    /// The thread's dispatcher calls wait() and runTurn() instead of watching one descriptor of ours. Where there is
    /// epoll.
    void setHosted(bool hosted);
    /// Waits so many nanoseconds at the most, -1: for ever, until runTurn() has something to tell.
    bool wait(qint64 nanoseconds);
    void runTurn();

private:
    Reactor();
    /// Forgets every watch.
    void letGo();
    /// Called by both kinds when they are made.
    void settle();
    /// Another application has come to this thread, and with it another dispatcher, which knows nothing of us.
    void followDispatcher();
    bool deliverBatch();
    bool deliverSolo();
    void deliver(Watch &watch, quint8 readiness);
    void deliverRefused();
    void runRefused();
    /// Something was found to be ready now.
    void stamp()
    {
        if (m_timedTurns > 0) [[unlikely]]
            readClock();
    }
    void readClock();

    class Backend;
    std::unique_ptr<Backend> m_backend;
    QObject m_end; ///< hears of the thread's end
    ReadBuffer m_readBuffer;
    qsizetype m_spent = 0;
    int m_depth = 0; ///< turns under way: a slot may run a nested event loop
    qint64 m_readyAt = 0;
    int m_timedTurns = 0; ///< for so many more somebody wants to know
    void (*m_afterEach)(void *) = nullptr;
    bool (*m_afterBatch)(void *) = nullptr;
    void *m_hookOwner = nullptr;
};

} // namespace net
