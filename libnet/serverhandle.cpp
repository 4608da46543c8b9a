#include "libnet/boundsocket_p.h"
#include "libnet/codes.h"
#include "libnet/server_p.h"
#include "libnet/socket_p.h"

#include <cerrno>

// Listening on a socket that exists already.

namespace net {

using namespace Qt::StringLiterals;

void Server::Private::listenDescriptor(Descriptor descriptor, int backlog)
{
    if (isActive()) {
        NextTick::current().post(this, [this] { Q_EMIT q->errorOccurred(codes::alreadyListening()); });
        return;
    }
    ++generation;
    closing = false;
    adoptDescriptor(std::move(descriptor), backlog);
}

void Server::Private::adoptDescriptor(Descriptor descriptor, int backlog, bool ownsPath)
{
    const int fd = descriptor.get();
    int error = 0;
    if (!socketops::isOpen(fd))
        descriptor.release();
    if (!socketops::isStreamSocket(fd))
        error = EINVAL;
    else if (!socketops::isListening(fd))
        error = socketops::listenOn(fd, backlog);
    if (error) {
        fail(Error::fromErrno(error, u"listen"_s, {}, -1));
        return;
    }
    socketops::makeNonBlocking(fd);
    startAccepting(std::move(descriptor), ownsPath);
}

void Server::Private::listenOn(const ListenHandle &handle, int backlog)
{
    if (Server *const *server = std::get_if<Server *>(&handle); server && *server)
        takeOver(*server, backlog);
    else if (Socket *const *socket = std::get_if<Socket *>(&handle); socket && *socket)
        take(*socket, backlog);
    else if (BoundSocket *const *bound = std::get_if<BoundSocket *>(&handle); bound && *bound)
        adopt(**bound, backlog);
    else
        fail(codes::neitherPortNorPath());
}

Server::Private *Server::Private::listener()
{
    Private *server = this;
    while (server->handedOver) {
        if (!server->heir || server->heir->d->generation != server->heirGeneration)
            return nullptr;
        server = server->heir->d.get();
    }
    return server->acceptor ? server : nullptr;
}

void Server::Private::takeOver(Server *from, int backlog)
{
    if (from->thread() != QThread::currentThread()) {
        fail(codes::invalidArgument(u"handle"_s, u"a server of another thread"_s));
        return;
    }
    Private *const giver = from->d->listener();
    if (!giver) {
        fail(codes::neitherPortNorPath());
        return;
    }
    if (const int error = socketops::listenOn(giver->acceptor->descriptor(), backlog)) {
        fail(Error::fromErrno(error, u"listen"_s, {}, -1));
        return;
    }
    acceptor = std::move(giver->acceptor);
    acceptor->settle(*this, q);
    giver->handedOver = true;
    giver->heir = q;
    giver->heirGeneration = generation;
    giver->updateLive();
    donor = giver->q;
    announce();
}

// As in Node, where both hold one handle: whoever closes it closes it for both, and the other one is not told.
void Server::Private::partFromHeir()
{
    if (Private *const other = handedOver ? listener() : nullptr) {
        other->acceptor.reset();
        other->handedOver = true;
        other->updateLive();
    }
    handedOver = false;
    heir.clear();
    donor.clear();
}

void Server::Private::adopt(BoundSocket &from, int backlog)
{
    if (const Error misuse = from.error()) {
        fail(misuse);
        return;
    }
    const SocketAddress address = from.address();
    const bool ownsPath = from.isPipe();
    Descriptor descriptor = from.d->adopt();
    const int error = descriptor ? socketops::listenOn(descriptor.get(), backlog) : EBADF;
    if (!error) {
        startAccepting(std::move(descriptor), ownsPath);
        return;
    }
    if (ownsPath && descriptor) {
        socketops::removePath(address.address);
        fail(Error::fromErrno(error, u"listen"_s, address.address));
    } else {
        fail(Error::fromErrno(error, u"listen"_s, address.address, address.isNull() ? -1 : address.port));
    }
}

void Server::Private::take(Socket *from, int backlog)
{
    Socket::Private &socket = *from->d;
    if (socket.extras && socket.extras->bound)
        adoptDescriptor(std::move(socket.extras->bound), backlog, true);
    else if (socket.transport.isOpen())
        adoptDescriptor(socketops::duplicate(socket.transport.descriptor()), backlog);
    else
        fail(codes::neitherPortNorPath());
}

// A stop may be requested in any thread; the server closes in its own.
void Server::Private::obey(const std::stop_token &signal)
{
    stop.reset();
    // It is this listen() that is stopped, not one that follows.
    const auto obeyIt = [this, mine = generation] {
        if (mine == generation && isActive())
            close({});
    };
    if (signal.stop_requested()) {
        NextTick::current().post(this, obeyIt);
    } else if (signal.stop_possible()) {
        stop.emplace(signal, [this, obeyIt] {
            const auto copy = obeyIt; // close() does away with this callback
            if (q->thread() == QThread::currentThread())
                copy();
            else
                QMetaObject::invokeMethod(q, copy, Qt::QueuedConnection);
        });
    }
}

} // namespace net
