#pragma once
#include "inspector/session/subjectkey.h"
#include "libnet/wire/messages.h"

#include <QHash>

#include <span>

namespace inspector {

class ObjectTable;

/// Who has called, as agents tell it: the last call of each kind about a server or socket, the stacks that these
/// have, as addresses, and the programs and libraries that the addresses lie in.
class CallStacks
{
public:
    void take(quint32 process, const net::wire::Batch<net::wire::Module> &batch);
    void take(quint32 process, const net::wire::Batch<net::wire::StackFrameRecord> &batch);
    /// Keeps those of what has a row in \a objects.
    void take(quint32 process, const net::wire::Batch<net::wire::StackRecord> &batch, const ObjectTable &objects);

    /// In the order of wire::Call.
    std::span<const net::wire::StackRecord> callsOf(SubjectKey key) const;
    /// Innermost first; nothing if the stack is not known.
    std::span<const net::wire::StackFrameRecord> framesOf(quint32 process, quint32 stack) const;
    std::span<const net::wire::Module> modulesOf(quint32 process) const;
    /// Null if it is not known.
    const net::wire::Module *module(quint32 process, quint32 number) const;
    /// The process has told of a stack, so that its agent takes them, or has.
    bool isToldBy(quint32 process) const;

private:
    struct Process
    {
        QList<net::wire::Module> modules;
        QHash<quint32, qsizetype> moduleAt; ///< by number
        QHash<quint32, QList<net::wire::StackFrameRecord>> stacks;
    };
    void forgetStrangers(const ObjectTable &objects);

    QHash<quint32, Process> m_processes;
    QHash<SubjectKey, QList<net::wire::StackRecord>> m_calls;
};

} // namespace inspector
