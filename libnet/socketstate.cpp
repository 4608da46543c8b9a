#include "libnet/server_p.h"
#include "libnet/socketconnecting_p.h"

// What a socket says of itself.

namespace net {

Socket::ReadyState Socket::readyState() const
{
    if (d->isConnecting())
        return ReadyState::Opening;
    if (d->isReadable())
        return d->isWritable() ? ReadyState::Open : ReadyState::ReadOnly;
    return d->isWritable() ? ReadyState::WriteOnly : ReadyState::Closed;
}

bool Socket::isConnecting() const
{
    return d->isConnecting();
}

bool Socket::isPending() const
{
    return !d->transport.isOpen();
}

bool Socket::isDestroyed() const
{
    return d->destroyed;
}

bool Socket::isReadable() const
{
    return d->isReadable();
}

bool Socket::isWritable() const
{
    return d->isWritable();
}

Server *Socket::server() const
{
    return d->census ? d->census->server() : nullptr;
}

SocketAddress Socket::address() const
{
    // Unlike the remote end it is not remembered: once the socket is closed it has no address any more.
    return d->transport.isOpen() ? socketops::localEnd(d->transport.descriptor()) : SocketAddress();
}

bool Socket::hasRef() const
{
    return d->referenced;
}

qintptr Socket::socketDescriptor() const
{
    return d->transport.isOpen() ? d->transport.descriptor() : -1;
}

SocketAddress Socket::remote() const
{
    // Kept, since the kernel forgets the peer as soon as it has reset the connection.
    if (d->transport.isOpen() && d->extra().remote.isNull())
        d->extras->remote = socketops::remoteEnd(d->transport.descriptor());
    return d->extras ? d->extras->remote : SocketAddress();
}

static QString literal(const SocketAddress &end)
{
    return end.family == Family::Local ? QString() : end.address;
}

static QString ipFamily(const SocketAddress &end)
{
    return end.family == Family::Local ? QString() : familyName(end.family);
}

QString Socket::localAddress() const
{
    return literal(address());
}

int Socket::localPort() const
{
    return address().port;
}

QString Socket::localFamily() const
{
    return ipFamily(address());
}

QString Socket::remoteAddress() const
{
    return literal(remote());
}

int Socket::remotePort() const
{
    return remote().port;
}

QString Socket::remoteFamily() const
{
    return ipFamily(remote());
}

QStringList Socket::autoSelectFamilyAttemptedAddresses() const
{
    return d->extras ? d->extras->attemptedAddresses : QStringList();
}

qint64 Socket::bytesRead() const
{
    return qint64(d->bytesRead);
}

qint64 Socket::bytesWritten() const
{
    return qint64(d->writes.accepted());
}

qint64 Socket::writableLength() const
{
    return d->writes.length();
}

qint64 Socket::writableHighWaterMark() const
{
    return d->writes.highWaterMark();
}

bool Socket::writableNeedDrain() const
{
    return d->needDrain && !d->destroyed && !d->ending;
}

bool Socket::writableEnded() const
{
    return d->ending;
}

bool Socket::writableFinished() const
{
    return d->finished;
}

int Socket::writableCorked() const
{
    return d->corked;
}

bool Socket::readableEnded() const
{
    return d->reads.endEmitted();
}

bool Socket::readableFlowing() const
{
    return d->reads.isFlowing();
}

qint64 Socket::readableHighWaterMark() const
{
    return d->reads.highWaterMark();
}

qint64 Socket::readableLength() const
{
    return d->reads.length();
}

qint64 Socket::bufferSize() const
{
    return writableLength();
}

bool Socket::allowHalfOpen() const
{
    return d->allowHalfOpen;
}

void Socket::setAllowHalfOpen(bool enable)
{
    d->allowHalfOpen = enable;
}

int Socket::timeout() const
{
    return d->extras ? d->extras->idle.interval() : 0;
}

} // namespace net
