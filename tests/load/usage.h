#pragma once
#include <QDir>
#include <QFile>

#include <sys/resource.h>
#include <unistd.h>

namespace load {

/// What this process takes of the system now.
struct Usage
{
    int descriptors = 0;
    qint64 memory = 0; ///< KiB that are resident

    static Usage now()
    {
        Usage usage;
        usage.descriptors = int(QDir(QStringLiteral("/proc/self/fd"))
                                    .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
                                    .size());
        QFile pages(QStringLiteral("/proc/self/statm"));
        if (pages.open(QIODevice::ReadOnly))
            usage.memory = pages.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE) / 1024;
        return usage;
    }
};

/// As many descriptors as the system allows; how many that are.
inline qint64 raiseDescriptorLimit()
{
    rlimit limit = {};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return qint64(limit.rlim_cur);
}

/// Byte \a position of the stream of client \a number.
inline char patternAt(int number, qint64 position)
{
    return char((position * 7 + position / 251 + number) & 0xFF);
}

/// A piece of that stream.
inline QByteArray pattern(int number, qint64 position, qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = patternAt(number, position + i);
    return bytes;
}

} // namespace load
