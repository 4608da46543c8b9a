#include "libnet/agent/wakeup.h"

#include <QtGlobal>

#include <cerrno>
#include <sys/eventfd.h>
#include <unistd.h>

namespace net::agent {

Wakeup::Wakeup() : m_descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Wakeup::~Wakeup()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void Wakeup::rouse()
{
    if (m_roused.exchange(true, std::memory_order_acq_rel))
        return;
    // The caller stands between a system call of its own and its errno.
    const int before = errno;
    const quint64 one = 1;
    [[maybe_unused]] const auto written = ::write(m_descriptor, &one, sizeof one);
    errno = before;
}

void Wakeup::acknowledge()
{
    quint64 count = 0;
    [[maybe_unused]] const auto got = ::read(m_descriptor, &count, sizeof count);
    m_roused.store(false, std::memory_order_release);
}

} // namespace net::agent
