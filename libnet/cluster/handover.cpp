#include "libnet/cluster/handover.h"

#include "libnet/boundsocket_p.h"
#include "libnet/server_p.h"
#include "libnet/socket_p.h"

namespace net {

using namespace Qt::StringLiterals;

bool Handover::isOurs(const Handle &handle)
{
    const QObject *object = nullptr;
    if (Socket *const *socket = std::get_if<Socket *>(&handle))
        object = *socket;
    else if (Server *const *server = std::get_if<Server *>(&handle))
        object = *server;
    return !object || object->thread() == QThread::currentThread();
}

qint64 Handover::luggage(const Handle &handle, const SendOptions &options)
{
    Socket *const *socket = std::get_if<Socket *>(&handle);
    return socket && *socket && !options.keepOpen ? (*socket)->readableLength() + (*socket)->writableLength() : 0;
}

Parcel Handover::pack(const Handle &handle, const SendOptions &options, qint64 process)
{
    if (Socket *const *socket = std::get_if<Socket *>(&handle); socket && *socket)
        return packSocket(*socket, options, process);
    if (Server *const *server = std::get_if<Server *>(&handle); server && *server)
        return packServer(*server);
    if (BoundSocket *const *bound = std::get_if<BoundSocket *>(&handle); bound && *bound)
        return packBound(*bound);
    return {};
}

Parcel Handover::packSocket(Socket *socket, const SendOptions &options, qint64 process)
{
    SocketCargo cargo = socket->d->handOver(options.keepOpen, process);
    if (!cargo.descriptor)
        return {};
    QCborMap about = {{u"type"_s, int(Kind::Socket)}};
    const auto add = [&about](const QString &name, bool value) {
        if (value)
            about.insert(name, value);
    };
    add(u"allowHalfOpen"_s, cargo.allowHalfOpen);
    add(u"paused"_s, cargo.paused);
    add(u"peerEnded"_s, cargo.peerEnded);
    add(u"toldEnded"_s, cargo.toldEnded);
    add(u"ending"_s, cargo.ending);
    add(u"finished"_s, cargo.finished);
    if (!cargo.unread.isEmpty())
        about.insert(u"unread"_s, cargo.unread);
    if (!cargo.unsent.isEmpty())
        about.insert(u"unsent"_s, cargo.unsent);
    return {about, std::make_shared<Descriptor>(std::move(cargo.descriptor)), std::move(cargo.census)};
}

Parcel Handover::packServer(Server *server)
{
    // One that is offered its connections has no socket to share.
    const int descriptor = int(server->socketDescriptor());
    if (descriptor < 0)
        return {};
    return {{{u"type"_s, int(Kind::Server)}}, std::make_shared<Descriptor>(socketops::duplicate(descriptor))};
}

Parcel Handover::packBound(BoundSocket *bound)
{
    const SocketAddress address = bound->address();
    Descriptor descriptor = bound->d->adopt();
    if (!descriptor)
        return {};
    QCborMap about = {{u"type"_s, int(Kind::BoundSocket)}};
    if (address.family == Family::Local)
        about.insert(u"path"_s, address.address);
    return {about, std::make_shared<Descriptor>(std::move(descriptor))};
}

void Handover::giveUp(const QCborMap &about)
{
    const QString path = about.value(u"path"_s).toString();
    if (!path.isEmpty() && !path.startsWith(QChar(0)))
        socketops::removePath(path);
}

Handover::Kind Handover::kindOf(const QCborMap &about)
{
    return Kind(qBound(qint64(0), about.value(u"type"_s).toInteger(), qint64(Kind::BoundSocket)));
}

Socket *Handover::socket(const QCborMap &about, Descriptor descriptor, std::shared_ptr<Census> census, qint64 process)
{
    const auto says = [&about](const QString &name) {
        return about.value(name).toBool();
    };
    auto *socket = new Socket(Socket::Arrival(), {}, nullptr);
    socket->d->takeOver({.descriptor = std::move(descriptor),
                         .unread = about.value(u"unread"_s).toByteArray(),
                         .unsent = about.value(u"unsent"_s).toByteArray(),
                         .allowHalfOpen = says(u"allowHalfOpen"_s),
                         .paused = says(u"paused"_s),
                         .peerEnded = says(u"peerEnded"_s),
                         .toldEnded = says(u"toldEnded"_s),
                         .ending = says(u"ending"_s),
                         .finished = says(u"finished"_s),
                         .census = std::move(census)},
                        process);
    return socket;
}

void Handover::settle(Socket *socket)
{
    if (!socket->isDestroyed())
        socket->d->startReading();
}

Server *Handover::server(QObject *parent)
{
    return new Server(parent);
}

void Handover::share(Server *server, Descriptor descriptor)
{
    server->d->share(std::move(descriptor));
}

BoundSocket Handover::boundSocket(Descriptor descriptor)
{
    return BoundSocket(std::make_unique<BoundSocket::Private>(std::move(descriptor)));
}

} // namespace net
