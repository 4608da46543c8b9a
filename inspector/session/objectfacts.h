#pragma once
#include "inspector/session/subjectkey.h"
#include "libnet/wire/protocol.h"

#include <QString>

namespace inspector {

/// A listener is an address that servers of several processes share.
enum class RowKind : quint8 { Process, Listener, Server, Accepted, Client, Adopted };
/// Whether it is one end of a connection.
inline bool isSocket(RowKind kind)
{
    return kind > RowKind::Server;
}

/// Whether a row is there: from the first description to the day its slot is needed again.
enum class RowLife : quint8 {
    Free,
    Live,
    Closed,   ///< closed or gone, still shown for a while
    Departed, ///< shown no more, kept for the log
};

/// What does not change while a row lives, or hardly ever.
struct RowIdentity
{
    SubjectKey key = {};
    SubjectKey listener = {}; ///< of a server: what it shares with others, or null
    quint64 server = 0;       ///< the subject that accepted it, or 0
    qint64 createdAt = 0;     ///< ns of CLOCK_MONOTONIC, as every time here
    qint64 goneAt = 0;
    qint64 pid = 0;       ///< of the process
    qint64 parentPid = 0; ///< of a process: who forked it, or 0
    quint32 worker = 0;   ///< of a process: its id in a cluster, or 0
    quint32 forkedBy = 0; ///< of a process: the process known here that forked it, or 0
    quint32 heirOf = 0;   ///< of a process: the one known here that was the same application before, or 0
    qint32 descriptor = -1;
    quint32 thread = 0;
    quint16 localPort = 0;
    quint16 remotePort = 0;
    net::wire::Family family = net::wire::Family::Unspecified;
    RowKind kind = RowKind::Process;
    RowLife life = RowLife::Free;
};

/// The texts of a row, ready to be shown.
struct RowTexts
{
    QString name = {};   ///< may be empty
    QString local = {};  ///< "127.0.0.1:80", "[::1]:80" or a path
    QString remote = {}; ///< the same
    QString error = {};  ///< the last one

    friend bool operator==(const RowTexts &, const RowTexts &) = default;
};

/// Bytes a second, and what they are computed from.
struct RowRates
{
    double in = 0; ///< smoothed, for reading
    double out = 0;
    double latestIn = 0; ///< over the last interval, for plotting
    double latestOut = 0;
    quint64 lastReceived = 0;
    quint64 lastSent = 0;
};

/// When something happened that the eye should be led to; 0 for never.
struct RowMarks
{
    qint64 addedAt = 0;
    qint64 changedAt = 0;
    qint64 closedAt = 0;
    // Since when it is what its counters say now; 0 if it is not.
    qint64 stateAt = 0;
    qint64 pausedAt = 0;
    qint64 drainAt = 0; ///< waits for drain
};

/// What only events tell, and what is therefore too low if some were dropped.
struct RowTold
{
    quint64 dataLost = 0;   ///< bytes that flowed with no receiver
    quint32 lateWrites = 0; ///< after the end
    qint64 slowestSlot = 0; ///< ns; 0: none was timed
};

} // namespace inspector
