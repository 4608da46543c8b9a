#pragma once
#include <QFile>

namespace test {

/// What a process has for itself alone, in bytes: of this one, or of \a process. 0 if it is gone.
inline qint64 privateMemory(const QString &process = QStringLiteral("self"))
{
    QFile file(QStringLiteral("/proc/%1/smaps_rollup").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    qint64 kilobytes = 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("Private_"))
            kilobytes += line.simplified().split(' ').value(1).toLongLong();
    }
    return kilobytes * 1024;
}

} // namespace test
