#pragma once
#include "libnet/transport/socketops.h"

#include <QByteArray>

namespace net {

/// Carries bytes from one socket to another without their passing through our memory. Empty before and after each
/// move, so that one serves all sockets of a thread.
class KernelPipe
{
public:
    /// The pipe of the current thread.
    static KernelPipe &current();

    struct Moved
    {
        socketops::IoResult read; ///< what \a from has given
        qsizetype written = 0;    ///< what \a to has taken of it
        QByteArray rest;          ///< what it has not
        /// The kernel can't do it with these two, or here: nothing was read.
        bool unfit() const;
    };
    /// Reads once from \a from, and writes to \a to; neither is waited for, if both were prepared.
    Moved move(int from, int to);
    /// Has calls that know no flag for it return instead of waiting. Once for each descriptor: it stays so.
    static void prepare(int fd) { socketops::makeNonBlocking(fd); }

private:
    KernelPipe();
    QByteArray takeOut(qsizetype size);

    Descriptor m_in;
    Descriptor m_out;
    int m_error = 0;
};

} // namespace net
