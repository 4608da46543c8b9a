#pragma once
#ifdef BENCH_WITH_LIBNET
#include <libnet/epolldispatcher.h>
#endif

#include <QCoreApplication>

namespace bench {

/// Installs libnet's event dispatcher if the environment has BENCH_DISPATCHER=epoll. Before the application is made.
inline void chooseDispatcher()
{
#ifdef BENCH_WITH_LIBNET
    if (qgetenv("BENCH_DISPATCHER") == "epoll")
        QCoreApplication::setEventDispatcher(new net::EpollDispatcher);
#endif
}

} // namespace bench
