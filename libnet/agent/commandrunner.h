#pragma once
#include "libnet/agent/orderwords.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>

namespace net::agent {

/// Has the subjects' own threads carry out what inspectors command, and remembers for each inspector what is to be
/// undone when it goes. Lives in the agent's thread to the end of the process.
class CommandRunner : public QObject
{
    Q_OBJECT
public:
    CommandRunner();

    /// Runs \a command of the link \a link; answered() follows, now or later.
    void run(quint64 link, const wire::Command &command);
    /// Undoes what \a link has armed and paused, and cancels what has not begun.
    void undo(quint64 link);
    /// Whether something of \a link is armed or paused; what is only under way does not count.
    bool holdsFor(quint64 link) const
    {
        const auto found = m_holdings.constFind(link);
        return found != m_holdings.constEnd() && !(found->plans.isEmpty() && found->paused.isEmpty());
    }

Q_SIGNALS:
    void answered(quint64 link, const net::wire::CommandResult &result);

private:
    struct Errand;
    /// What one inspector has done that does not end by itself.
    struct Holdings
    {
        QHash<quint64, std::shared_ptr<probe::FaultPlan>> plans; ///< by subject
        QSet<quint64> paused;
        QList<std::shared_ptr<Errand>> underWay;
    };

    void disarm(quint64 link, quint64 subject);
    static void lift(const std::shared_ptr<probe::FaultPlan> &plan);
    static void release(const QSet<quint64> &paused);
    void send(const std::shared_ptr<Errand> &errand);
    void finish(const std::shared_ptr<Errand> &errand, const probe::Outcome &outcome);
    void answer(quint64 link, quint64 id, bool done, const QString &message);
    void forgetIfEmpty(quint64 link);

    QHash<quint64, Holdings> m_holdings;
};

} // namespace net::agent
