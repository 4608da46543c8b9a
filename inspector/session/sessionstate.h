#pragma once
#include "inspector/session/records.h"
#include "inspector/session/sessionfile.h"

#include <QSet>

namespace inspector {

/// Where a session's records begin in a file: how things stand, in the words of an agent that has just been attached
/// to.
class SessionState
{
public:
    enum class Scope : quint8 {
        Shown, ///< what is alive, or shown: a recording goes on from there
        All,   ///< what is kept
    };

    explicit SessionState(const Records &records, Scope scope);

    /// The processes that are not in \a known yet, and who they say they are.
    void writeProcesses(SessionFileWriter &writer, QSet<quint32> &known) const;
    /// What they have open.
    void writeObjects(SessionFileWriter &writer) const;
    /// Who has called what they have open.
    void writeStacks(SessionFileWriter &writer) const;
    /// What follows from more than is written: comes after the events.
    void writeSums(SessionFileWriter &writer) const;
    /// The processes that have ended; comes last.
    void writeEnds(SessionFileWriter &writer) const;

    static SessionHead headOf(const Records &records, bool live);

private:
    struct Process
    {
        quint32 number = 0;
        int row = -1;
        std::vector<int> rows;
    };
    bool hasEvents(quint32 process) const;
    QByteArray greeting(const Process &process) const;

    const Records &m_records;
    std::vector<Process> m_processes; ///< by number
    qint64 m_now;
    Scope m_scope;
};

/// The description of a row, as its agent would give it.
net::wire::Description descriptionOf(const ObjectTable &table, int row);

} // namespace inspector
