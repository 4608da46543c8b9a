#pragma once
#include "libnet/wire/protocol.h"

#include <optional>

namespace net::agent {

/// Asks the kernel about the connection on \a descriptor, without touching it. Nothing if that is not a connected
/// stream between these ports any more (0 for a local socket): a number that was closed is soon used again.
/// The subject is left to the caller. Thread-safe.
std::optional<wire::KernelRecord> kernelFacts(int descriptor, quint16 localPort, quint16 remotePort);

} // namespace net::agent
