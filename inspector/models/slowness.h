#pragma once
#include "inspector/session/kernelstates.h"
#include "inspector/session/objecttable.h"

namespace inspector {

/// Who is slow when more waits to be sent than should.
enum class Slowness : quint8 {
    Nobody,      ///< what waits is below the mark, or waits in vain
    Writer,      ///< goes on writing after write() has returned false
    Application, ///< the kernel has sent all that it got
    Peer,
    Network,
    Unknown, ///< the kernel was not asked
};

/// \a kernel may be null.
Slowness slownessOf(const ObjectTable &table, int row, const KernelState *kernel);
/// The same in words, with what shows it.
QString slownessText(const ObjectTable &table, int row, const KernelState *kernel);
/// It goes on writing although write() has returned false, and far more waits than the mark by now: who waits for drain
/// may exceed it by what was written at once.
bool ignoresDrain(const net::wire::CounterRecord &counters);
/// More waits to be sent than the high-water mark, or it waits for drain.
bool isAboveMark(const ObjectTable &table, int row);

} // namespace inspector
