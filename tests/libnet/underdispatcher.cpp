// Linked to a suite, this has it run under libnet's event dispatcher: one must be set before the application is made.
#include <libnet/epolldispatcher.h>

#include <QCoreApplication>

[[maybe_unused]] static const bool installed = [] {
    QCoreApplication::setEventDispatcher(new net::EpollDispatcher);
    return true;
}();
