#pragma once
#include <libnet/options.h>

/// Options that connect to \a address, be it TCP or a local path.
inline net::ConnectOptions toward(const net::SocketAddress &address)
{
    if (address.family == net::Family::Local)
        return {.path = address.address};
    return {.port = address.port, .host = address.address};
}
