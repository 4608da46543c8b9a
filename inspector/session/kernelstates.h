#pragma once
#include "inspector/session/objecttable.h"
#include "inspector/session/subjectkey.h"
#include "libnet/wire/messages.h"

#include <QHash>

namespace inspector {

/// What the kernel has last said of a connection.
struct KernelState
{
    net::wire::KernelRecord record = {};
    qint64 at = 0; ///< ns of CLOCK_MONOTONIC
    /// Of the time in the last second that something was there to send, the part in which the peer had no room; 0 to 1.
    double peerLimited = 0;
};

/// The same of all connections that are asked for. What nobody has spoken of for a second is not known any more.
class KernelStates
{
public:
    /// What is said of others than those in \a objects is ignored.
    void take(quint32 process, const net::wire::Batch<net::wire::KernelRecord> &batch, const ObjectTable &objects);
    /// Null if it is not known at the time \a now.
    const KernelState *find(SubjectKey key, qint64 now) const;

private:
    struct Entry
    {
        KernelState state;
        net::wire::KernelRecord before; ///< what the share is counted from
        qint64 beforeAt = 0;
    };
    void forget(qint64 now);

    QHash<SubjectKey, Entry> m_entries;
};

} // namespace inspector
