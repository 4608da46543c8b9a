#pragma once
#include <QtGlobal>

/// The resident memory of a process, in KiB, as /proc tells it; -1 where there is no /proc.
class MemoryMark
{
public:
    /// Takes the present size of process \a pid as the start, and forgets the peak before.
    explicit MemoryMark(qint64 pid);

    /// KiB by which the process was above its start at its peak since then. While it lives.
    qint64 growth() const;

private:
    qint64 field(const char *name) const;

    qint64 m_pid;
    qint64 m_start;
};
