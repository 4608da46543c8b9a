#pragma once
#include "inspector/session/records.h"

#include <QIODevice>

#include <functional>

namespace inspector {

/// What went into a file of packets, and what could not.
struct PacketAccount
{
    int conversations = 0;
    int twins = 0;        ///< the other ends of conversations that are in it already
    quint64 received = 0; ///< bytes in the file, as the sockets that are in it see them
    quint64 sent = 0;
    quint64 notCaptured = 0; ///< bytes that these sockets have moved and that nobody captured
    bool ok = true;          ///< everything was written
};

/// Writes what was captured of every socket as a pcapng file in which "Follow TCP Stream" works. The packets are made
/// up around the bytes: a local socket gets addresses of 127.88.0.0/16 and 127.99.0.0/16, and its path as a comment.
/// Bytes that were not captured leave a hole in the sequence numbers, and are counted in a comment.
/// \a epoch is added to the times of the records to make them ns since 1970.
/// \a choice says which rows are meant; null for all.
PacketAccount writePackets(const Records &records, QIODevice &device, qint64 epoch,
                           const std::function<bool(int row)> &choice = {});

} // namespace inspector
