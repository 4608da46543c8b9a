#pragma once
#include "libnet/wire/rendezvous.h"

#include <QList>

namespace inspector {

/// Knows an application again that was ended and started anew: it has the name and the program of one that has ended.
class Lineage
{
public:
    /// \a process, a number of the session's, is who \a card says.
    void meet(quint32 process, const net::wire::AgentCard &card);
    void end(quint32 process);
    /// Which ended process \a card would be again, the last one of several; 0: none.
    quint32 ancestorOf(const net::wire::AgentCard &card) const;
    qint64 pidOf(quint32 process) const;
    /// It has found its heir.
    void forget(quint32 process);

private:
    struct Life
    {
        quint32 process = 0;
        qint64 pid = 0;
        QString name;
        QString program; ///< file; empty if it can't be told
        bool ended = false;
    };
    static constexpr qsizetype kept = 256;

    QList<Life> m_lives;
};

} // namespace inspector
