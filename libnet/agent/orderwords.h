#pragma once
#include "libnet/probe/order.h"
#include "libnet/wire/messages.h"

namespace net::agent {

/// What a Command says, as an order; or why it is none. Arm's plan is fresh and not lifted.
struct ParsedOrder
{
    probe::Order order = {};
    std::shared_ptr<probe::FaultPlan> plan = {};
    QString error = {};
};
ParsedOrder parseOrder(const wire::Command &command);

} // namespace net::agent
