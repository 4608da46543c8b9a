#include "libnet/transport/kernelpipe.h"

#include <cerrno>

namespace net {

// The most that the kernel grants a user by default; it may grant less, or give a read less room.
static constexpr int Capacity = 1024 * 1024;

bool KernelPipe::Moved::unfit() const
{
    return read.error == EINVAL || read.error == ENOSYS || read.error == EMFILE || read.error == ENFILE;
}

KernelPipe &KernelPipe::current()
{
    static thread_local KernelPipe pipe;
    return pipe;
}

KernelPipe::KernelPipe() : m_error(socketops::openPipe(m_out, m_in, Capacity)) {}

KernelPipe::Moved KernelPipe::move(int from, int to)
{
    if (m_error)
        return {{0, m_error}, 0, {}};
    Moved moved = {socketops::spliceIn(from, m_in.get(), Capacity), 0, {}};
    while (moved.written < moved.read.bytes) {
        const socketops::IoResult result = socketops::spliceOut(m_out.get(), to, moved.read.bytes - moved.written);
        if (result.bytes == 0)
            break;
        moved.written += result.bytes;
    }
    if (moved.written < moved.read.bytes)
        moved.rest = takeOut(moved.read.bytes - moved.written);
    return moved;
}

QByteArray KernelPipe::takeOut(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    qsizetype taken = 0;
    while (taken < size) {
        const socketops::IoResult result = socketops::readSome(m_out.get(), bytes.data() + taken, size - taken);
        if (result.bytes == 0)
            break;
        taken += result.bytes;
    }
    Q_ASSERT(taken == size);
    return bytes;
}

} // namespace net
