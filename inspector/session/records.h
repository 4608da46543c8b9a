#pragma once
#include "inspector/session/callstacks.h"
#include "inspector/session/dropgaps.h"
#include "inspector/session/eventlog.h"
#include "inspector/session/handovers.h"
#include "inspector/session/kernelstates.h"
#include "inspector/session/objecttable.h"
#include "inspector/session/payloadstore.h"

namespace inspector {

/// Everything that a session knows.
struct Records
{
    Records(quint64 events, qsizetype payloadBytes) : events(events), payloads(payloadBytes) {}

    ObjectTable objects;
    EventLog events;
    PayloadStore payloads;
    Handovers handovers;
    KernelStates kernel;
    CallStacks stacks;
    DropGaps gaps;
    /// Bytes that what lives in one process may take here, about: over 400,000 sockets, and nobody tells of more in
    /// good faith.
    qint64 rowBytes = 512LL * 1024 * 1024;
    bool recording = true; ///< false: events and payload pass by unkept; state is always followed
};

} // namespace inspector
