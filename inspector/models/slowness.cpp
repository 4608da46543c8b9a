#include "inspector/models/slowness.h"

#include "inspector/models/units.h"

#include <QCoreApplication>

namespace inspector {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Slowness)
};

QString networkText(const net::wire::KernelRecord &kernel)
{
    const QString roundTrip = latencyText(qint64(kernel.roundTrip) * 1000);
    return kernel.resent ? Texts::tr("the network is slow: %1 on their way, round trip %2, %3 segments sent again")
                               .arg(bytesText(kernel.unsent - kernel.notSent), roundTrip, countText(kernel.resent))
                         : Texts::tr("the network is slow: %1 on their way, round trip %2")
                               .arg(bytesText(kernel.unsent - kernel.notSent), roundTrip);
}

QString peerText(const net::wire::KernelRecord &kernel, bool isLocal)
{
    return isLocal ? Texts::tr("the peer is slow: %1 wait for it to read").arg(bytesText(kernel.unsent))
                   : Texts::tr("the peer is slow: it has room for %1").arg(bytesText(kernel.peerWindow));
}

} // namespace

// Nobody waits any more for what waits there.
static bool isOver(const ObjectTable &table, int row)
{
    return table.identity(row).goneAt || table.counters(row).state == net::wire::State::Closed;
}

bool ignoresDrain(const net::wire::CounterRecord &counters)
{
    constexpr quint32 both = net::wire::NeedsDrain | net::wire::WritesOn;
    return (counters.flags & both) == both && counters.highWaterMark &&
           counters.queued > 4 * quint64(counters.highWaterMark);
}

bool isAboveMark(const ObjectTable &table, int row)
{
    const net::wire::CounterRecord &counters = table.counters(row);
    const bool isFull = counters.highWaterMark && counters.queued >= counters.highWaterMark;
    return (isFull || counters.flags & net::wire::NeedsDrain) && !isOver(table, row);
}

Slowness slownessOf(const ObjectTable &table, int row, const KernelState *kernel)
{
    const net::wire::CounterRecord &counters = table.counters(row);
    if (!isAboveMark(table, row))
        return Slowness::Nobody;
    if (ignoresDrain(counters))
        return Slowness::Writer;
    if (!kernel)
        return Slowness::Unknown;
    if (kernel->record.unsent == 0)
        return Slowness::Application;
    const bool isLocal = table.identity(row).family == net::wire::Family::Local;
    return isLocal || kernel->record.peerWindow == 0 || kernel->peerLimited >= 0.5 ? Slowness::Peer : Slowness::Network;
}

QString slownessText(const ObjectTable &table, int row, const KernelState *kernel)
{
    switch (slownessOf(table, row, kernel)) {
    case Slowness::Nobody:
        if (table.counters(row).queued > 0 && isOver(table, row))
            return Texts::tr("it is over: this was never sent");
        return table.counters(row).queued > 0 ? Texts::tr("below its mark: all is well") : Texts::tr("has caught up");
    case Slowness::Writer:
        return Texts::tr("goes on writing: write() returned false and nobody waits for drain");
    case Slowness::Application:
        return Texts::tr("the kernel has sent all that it got: this application's event loop is slow");
    case Slowness::Peer:
        return peerText(kernel->record, table.identity(row).family == net::wire::Family::Local);
    case Slowness::Network:
        return networkText(kernel->record);
    case Slowness::Unknown:
        break;
    }
    return table.rates(row).out >= 1 ? Texts::tr("the peer takes it, slower than it is written")
                                     : Texts::tr("the peer takes nothing");
}

} // namespace inspector
