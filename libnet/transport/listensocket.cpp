#include "libnet/transport/listensocket.h"

#include <cerrno>

namespace net {

static int bind(int fd, const ListenRequest &request)
{
    const bool local = request.address.family == Family::Local;
    if (!local) {
        if (request.reuseAddress) {
            if (const int error = socketops::setReuseAddress(fd))
                return error;
        }
        if (request.reusePort) {
            if (const int error = socketops::setReusePort(fd))
                return error;
        }
        if (request.address.family == Family::IPv6)
            socketops::setIpv6Only(fd, request.ipv6Only);
    }
    const int error = socketops::bindTo(fd, request.address);
    // libuv's translation, which Node's users know: a path in a missing directory is "permission denied".
    return local && error == ENOENT ? EACCES : error;
}

BindResult openBoundSocket(const ListenRequest &request)
{
    BindResult result;
    result.descriptor = socketops::createStream(request.address.family, result.error);
    if (result.descriptor)
        result.error = bind(result.descriptor.get(), request);
    if (result.error)
        result.descriptor.reset();
    return result;
}

BindResult openListenSocket(const ListenRequest &request)
{
    BindResult result = openBoundSocket(request);
    if (!result.descriptor)
        return result;
    const bool local = request.address.family == Family::Local;
    if (local && (request.readableAll || request.writableAll))
        result.error = socketops::openPathToAll(request.address.address, request.readableAll, request.writableAll);
    if (!result.error)
        result.error = socketops::listenOn(result.descriptor.get(), request.backlog);
    if (result.error) {
        result.descriptor.reset();
        if (local)
            socketops::removePath(request.address.address);
    }
    return result;
}

BindResult openAnyAddress(ListenRequest request)
{
    request.address.address = QStringLiteral("::");
    request.address.family = Family::IPv6;
    BindResult six = openListenSocket(request);
    if (six.error != EAFNOSUPPORT && six.error != EADDRNOTAVAIL && six.error != EINVAL)
        return six;
    request.address.address = QStringLiteral("0.0.0.0");
    request.address.family = Family::IPv4;
    return openListenSocket(request);
}

} // namespace net
