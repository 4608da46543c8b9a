#pragma once
#include "libnet/socketaddress.h"

#include <sys/socket.h>

namespace net::socketops {

/// An address in the kernel's form.
struct Native
{
    sockaddr_storage storage = {};
    socklen_t size = 0;

    sockaddr *get() { return reinterpret_cast<sockaddr *>(&storage); }
};

/// EINVAL if \a address is none, or its path is too long.
int toNative(const SocketAddress &address, Native &native);
/// Of family Unspecified if it is of a kind that we don't know.
SocketAddress fromNative(const sockaddr_storage &storage, socklen_t size);

} // namespace net::socketops
