#pragma once
#include <QtGlobal>

#include <optional>

namespace net::socketops {

/// Bytes that have been read from the TCP connection \a fd since it began; nothing where the system can't tell.
std::optional<quint64> bytesTaken(int fd);

} // namespace net::socketops
