#include "libnet/transport/bell.h"

#include "libnet/errornames.h"

#include <cerrno>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace net {

Bell::Bell() : m_descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    if (!m_descriptor)
        qFatal("libnet: eventfd failed: %s", qPrintable(errorText(errno)));
}

void Bell::ring()
{
    const quint64 once = 1;
    // It can only be refused because nobody has answered for very long: then it rings already.
    [[maybe_unused]] const ssize_t size = ::write(m_descriptor.get(), &once, sizeof once);
}

void Bell::wait(qint64 nanoseconds)
{
    pollfd bell = {m_descriptor.get(), POLLIN, 0};
    const timespec time = {nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
    if (::ppoll(&bell, 1, nanoseconds < 0 ? nullptr : &time, nullptr) == 1)
        ready(Reactor::Readable);
}

void Bell::ready(quint8)
{
    quint64 count = 0;
    [[maybe_unused]] const ssize_t size = ::read(m_descriptor.get(), &count, sizeof count);
}

} // namespace net
