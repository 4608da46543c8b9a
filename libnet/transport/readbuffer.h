#pragma once
#include "libnet/transport/socketops.h"

#include <QByteArray>

namespace net {

/// The memory that all sockets of a thread read into.
/// Aligned to 64 bytes, since bulk reads into a block at an odd multiple of 16 lose 20 to 45 %.
class ReadBuffer
{
public:
    /// Reads once from \a fd. Little becomes a copy in \a bytes; much is lent: \a bytes is the block itself.
    socketops::IoResult readOnce(int fd, QByteArray &bytes);
    /// Takes block or copy back if nobody has kept it. Call with what readOnce() gave, after it was delivered.
    void takeBack(QByteArray &&bytes);

    qsizetype capacity() const { return m_capacity; }

private:
    QByteArray copyOf(const char *bytes, qsizetype size);
    void adapt(qsizetype bytes);

    QByteArray m_block;
    QByteArray m_copy; ///< memory of the last copy
    qsizetype m_capacity = 64 * 1024;
    int m_fullReads = 0;
};

} // namespace net
