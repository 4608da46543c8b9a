#include "libnet/transport/listensocket.h"

#include <cerrno>

namespace net {

static int bindAndListen(int fd, const ListenRequest &request)
{
    const bool local = request.address.family == Family::Local;
    if (!local) {
        if (const int error = socketops::setReuseAddress(fd))
            return error;
        if (request.reusePort) {
            if (const int error = socketops::setReusePort(fd))
                return error;
        }
        if (request.address.family == Family::IPv6)
            socketops::setIpv6Only(fd, request.ipv6Only);
    }
    if (int error = socketops::bindTo(fd, request.address)) {
        // libuv's translation, which Node's users know: a path in a missing directory is "permission denied".
        if (local && error == ENOENT)
            error = EACCES;
        return error;
    }
    int error = 0;
    if (local && (request.readableAll || request.writableAll))
        error = socketops::openPathToAll(request.address.address, request.readableAll, request.writableAll);
    if (!error)
        error = socketops::listenOn(fd, request.backlog);
    if (error && local)
        socketops::removePath(request.address.address);
    return error;
}

ListenSocket openListenSocket(const ListenRequest &request)
{
    ListenSocket result;
    result.descriptor = socketops::createStream(request.address.family, result.error);
    if (result.descriptor)
        result.error = bindAndListen(result.descriptor.get(), request);
    if (result.error)
        result.descriptor.reset();
    return result;
}

ListenSocket openAnyAddress(ListenRequest request)
{
    request.address.address = QStringLiteral("::");
    request.address.family = Family::IPv6;
    ListenSocket six = openListenSocket(request);
    if (six.error != EAFNOSUPPORT && six.error != EADDRNOTAVAIL && six.error != EINVAL)
        return six;
    request.address.address = QStringLiteral("0.0.0.0");
    request.address.family = Family::IPv4;
    return openListenSocket(request);
}

} // namespace net
