#include "tests/strangers/bulk/memorymark.h"

#include <QFile>

using namespace Qt::StringLiterals;

MemoryMark::MemoryMark(qint64 pid) : m_pid(pid)
{
    // 5: the peak begins again at the present size.
    QFile clear(u"/proc/%1/clear_refs"_s.arg(pid));
    if (clear.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        clear.write("5");
    m_start = field("VmRSS:");
}

qint64 MemoryMark::growth() const
{
    const qint64 peak = field("VmHWM:");
    return m_start < 0 || peak < 0 ? -1 : qMax<qint64>(0, peak - m_start);
}

qint64 MemoryMark::field(const char *name) const
{
    QFile status(u"/proc/%1/status"_s.arg(m_pid));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray key(name);
    for (QByteArray line = status.readLine(); !line.isEmpty(); line = status.readLine()) {
        if (line.startsWith(key))
            return line.mid(key.size()).trimmed().split(' ').first().toLongLong();
    }
    return -1;
}
