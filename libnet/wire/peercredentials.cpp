#include "libnet/wire/peercredentials.h"

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace net::wire {

#ifdef Q_OS_UNIX

bool PeerCredentials::isTrusted() const
{
    return uid == ::geteuid() || uid == 0;
}

std::optional<PeerCredentials> peerCredentials(qintptr descriptor)
{
#ifdef SO_PEERCRED
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(int(descriptor), SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
        return {};
    // A TCP socket answers as well, with no process and no user.
    if (credentials.pid <= 0)
        return {};
    return PeerCredentials{credentials.pid, credentials.uid};
#else
    uid_t uid = 0;
    gid_t gid = 0;
    if (::getpeereid(int(descriptor), &uid, &gid) != 0)
        return {};
    return PeerCredentials{0, uid};
#endif
}

#else

bool PeerCredentials::isTrusted() const
{
    return false;
}

std::optional<PeerCredentials> peerCredentials(qintptr)
{
    return {};
}

#endif

} // namespace net::wire
