#include "libnet/server_p.h"

// What an inspector may make a server's connections suffer.

namespace net {

probe::Outcome Server::Private::obey(const probe::Order &order)
{
    if (order.verb == probe::Verb::Release)
        return {};
    if (order.verb == probe::Verb::Arm)
        inherited = order.plan;
    else if (order.verb != probe::Verb::Disarm)
        return {false, QStringLiteral("servers know only faults, for the connections to come")};
    else if (!inherited || !inherited->lifted)
        return {};
    else
        inherited.reset();
    tell(probe::EventKind::Ordered, quint64(order.verb));
    return {};
}

} // namespace net
