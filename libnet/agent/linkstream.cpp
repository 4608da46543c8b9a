#include "libnet/agent/linkstream.h"

#include "libnet/agent/inheritance.h"

#include <QSocketNotifier>

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace net::agent {

namespace {
constexpr qsizetype readSize = 64 * 1024;
constexpr qsizetype keptCapacity = 512 * 1024;
} // namespace

LinkStream::LinkStream(int descriptor)
    : m_descriptor(descriptor),
      m_readable(std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read)),
      m_writable(std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Write))
{
    m_writable->setEnabled(false);
    notInherited(descriptor);
}

LinkStream::~LinkStream()
{
    m_readable.reset();
    m_writable.reset();
    closed(m_descriptor);
    ::close(m_descriptor);
}

QByteArrayView LinkStream::read()
{
    if (m_in.isNull())
        m_in.resize(readSize);
    const auto got = ::recv(m_descriptor, m_in.data(), std::size_t(m_in.size()), 0);
    const int error = errno;
    if (got > 0)
        return QByteArrayView(m_in).first(got);
    if (got == 0 || (error != EAGAIN && error != EINTR))
        m_open = false;
    return {};
}

void LinkStream::flush()
{
    while (m_open && waiting() > 0) {
        const auto sent = ::send(m_descriptor, m_out.constData() + m_written, std::size_t(waiting()), MSG_NOSIGNAL);
        const int error = errno;
        if (sent >= 0)
            m_written += sent;
        else if (error == EAGAIN)
            break;
        else if (error != EINTR)
            m_open = false;
    }
    if (waiting() == 0) {
        if (m_out.capacity() > keptCapacity)
            m_out = QByteArray();
        else
            m_out.resize(0);
        m_written = 0;
    } else if (m_written > waiting()) {
        m_out.remove(0, m_written);
        m_written = 0;
    }
    m_writable->setEnabled(m_open && waiting() > 0);
}

} // namespace net::agent
