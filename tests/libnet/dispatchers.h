#pragma once
#include "libnet/transport/descriptor.h"
#include "tests/support/waiting.h"

#include <libnet/epolldispatcher.h>

#include <sys/socket.h>
#include <unistd.h>

// What the suites about event dispatchers share. They run under Qt's own, as a control, and under libnet's.

namespace test {

/// Whether this thread runs under libnet's.
inline bool underOurs()
{
    return qobject_cast<net::EpollDispatcher *>(QAbstractEventDispatcher::instance());
}

/// Has \a thread run under the kind of dispatcher that we run under.
inline void runLikeUs(QThread &thread)
{
    if (underOurs())
        thread.setEventDispatcher(new net::EpollDispatcher);
}

/// One turn.
inline bool process(QEventLoop::ProcessEventsFlags flags)
{
    return QAbstractEventDispatcher::instance()->processEvents(flags);
}

/// Two connected descriptors.
struct Ends
{
    Ends()
    {
        int fds[2] = {-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) == 0) {
            here.reset(fds[0]);
            there.reset(fds[1]);
        }
    }
    void say(const char *what = "x") const { QVERIFY(::write(there.get(), what, 1) == 1); }
    int hear() const
    {
        char bytes[16];
        return int(::read(here.get(), bytes, sizeof bytes));
    }
    net::Descriptor here;
    net::Descriptor there;
};

} // namespace test
