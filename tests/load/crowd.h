#pragma once
#include <libnet/socket.h>

#include <QElapsedTimer>
#include <QList>
#include <QTimer>

namespace load {

/// What the clients of a round do once they are connected.
enum class Habit {
    Stay,  ///< have their bytes echoed, and stay until they are sent away
    Cycle, ///< have their bytes echoed, then end, reset or vanish
    Slow,  ///< read much, a little at a time
    Drip,  ///< every other one sends a byte now and then, never a whole line; the rest is silent
};

/// Many clients, a round of them at a time, so many of a round at once.
class Crowd : public QObject
{
    Q_OBJECT
public:
    struct Plan
    {
        quint16 port = 0;
        int count = 0;
        int window = 0;
        qint64 bytes = 0; ///< of each
        Habit habit = Habit::Stay;
    };
    struct Tally
    {
        int whole = 0;  ///< had all they wanted
        int left = 0;   ///< went away before, as planned
        int closed = 0; ///< were sent away by the server
        int failed = 0; ///< anything else
        QString failure = {};
    };

    explicit Crowd(const Plan &plan) : m_plan(plan) {}
    void startRound();
    /// Those who stay go now.
    void leave();
    const Tally &tally() const { return m_tally; }

Q_SIGNALS:
    void allAnswered();
    void roundOver();

private:
    struct Client
    {
        net::Socket *socket = nullptr;
        int number = 0;
        qint64 heard = 0;
        bool leaving = false;
    };

    void fill();
    void start(int number);
    void greet(Client &client);
    void hear(Client &client, const QByteArray &bytes);
    void fail(Client &client, const QString &why);
    void over(Client &client);
    void tick();

    const Plan m_plan;
    Tally m_tally;
    QList<std::shared_ptr<Client>> m_clients; ///< that are open
    QTimer m_tick;
    qsizetype m_next = 0; ///< of m_clients, to be resumed
    int m_started = 0;
    int m_answered = 0;
};

} // namespace load
