#pragma once
#include <QtGlobal>

#include <optional>

namespace net::wire {

/// Who is at the other end of a connected local socket, as the kernel knows it.
struct PeerCredentials
{
    qint64 pid = 0;
    quint32 uid = 0;

    /// The user of this process, or root.
    bool isTrusted() const;

    friend bool operator==(const PeerCredentials &, const PeerCredentials &) = default;
};

/// Nothing if the descriptor is no connected local socket, or the system cannot tell.
std::optional<PeerCredentials> peerCredentials(qintptr descriptor);

} // namespace net::wire
