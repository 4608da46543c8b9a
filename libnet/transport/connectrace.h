#pragma once
#include "libnet/error.h"
#include "libnet/transport/reactor.h"

#include <QBasicTimer>
#include <QObject>

namespace net {

/// Connects to the first of several addresses that answers, one attempt at a time (happy eyeballs as Node has
/// them): an attempt that takes too long is given up for the next one, except the last.
class ConnectRace : private QObject, private Reactor::Watch
{
public:
    /// Who is told; may destroy the race in any of these.
    class Owner
    {
    public:
        virtual void attempting(const SocketAddress &address) = 0;
        virtual void attemptFailed(const SocketAddress &address, const Error &error) = 0;
        virtual void attemptTimedOut(const SocketAddress &address) = 0;
        /// Connected; the last call.
        virtual void won(Descriptor descriptor) = 0;
        /// Nobody answered; an aggregate if there were several attempts. The last call.
        virtual void lost(const Error &error) = 0;

    protected:
        ~Owner() = default;
    };

    struct Course
    {
        QList<SocketAddress> candidates = {};
        SocketAddress local = {}; ///< to connect from; null: chosen by the system, but for a port
        Descriptor bound = {};    ///< bound already: used for the first attempt instead of a new one
        int attemptTimeout = 0;   ///< ms
    };

    ConnectRace(Owner &owner, QObject *home, Course course);
    ~ConnectRace() override;

    /// Makes the first attempt. Failures are always told later, but for a \a local that can't be bound.
    void start();
    /// Leaves the current thread's reactor, and goes on in another's; the timer follows \a home.
    void detach() { Reactor::forget(*this); }
    void attach();

private:
    void attemptNext();
    SocketAddress localFor(const SocketAddress &address) const;
    int bindLocal();
    Error failure(int error) const;
    bool isAnswer(int error) const;
    void fellThrough(int error);
    void fail(const Error &error);
    void goOn(const Error &error);
    void ready(quint8 readiness) override;
    void timerEvent(QTimerEvent *event) override;
    void finishAttempt(int error);

    Owner &m_owner;
    Course m_course;
    qsizetype m_next = 0;
    SocketAddress m_current;
    SocketAddress m_local; ///< the local end of the current attempt
    Descriptor m_descriptor;
    QBasicTimer m_timer;
    QList<Error> m_errors;
    bool *m_destroyed = nullptr; ///< set when we die inside one of the owner's functions
};

/// The candidates with their families in turns, beginning with the first one's; each address once.
QList<SocketAddress> interleaved(const QList<SocketAddress> &addresses);

} // namespace net
