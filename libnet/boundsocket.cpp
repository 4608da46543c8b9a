#include "libnet/boundsocket_p.h"

#include "libnet/codes.h"
#include "libnet/transport/listensocket.h"

namespace net {

using namespace Qt::StringLiterals;

// Private ------------------------------------------------------------------------------------------------------

BoundSocket::Private::Private(const BoundSocketOptions &options) : local(!options.path.isEmpty())
{
    error = bind(options);
    if (error)
        descriptor.reset();
    else
        address = socketops::localEnd(descriptor.get());
}

BoundSocket::Private::Private(Descriptor bound)
    : descriptor(std::move(bound)),
      address(socketops::localEnd(descriptor.get())),
      local(address.family == Family::Local)
{
}

Error BoundSocket::Private::bind(const BoundSocketOptions &options)
{
    if (options.port < 0 || options.port > 65535)
        return codes::badPort(u"options.port"_s, options.port);
    ListenRequest request = {.ipv6Only = options.ipv6Only, .reuseAddress = false, .reusePort = options.reusePort};
    if (local) {
        request.address = {.address = options.path, .family = Family::Local};
    } else {
        const QString host = !options.host.isEmpty() ? options.host : options.ipv6Only ? u"::"_s : u"0.0.0.0"_s;
        const int version = isIP(host);
        if (!version)
            return codes::invalidAddress(host);
        request.address = {
            .address = host, .family = version == 6 ? Family::IPv6 : Family::IPv4, .port = quint16(options.port)};
    }
    BindResult bound = openBoundSocket(request);
    descriptor = std::move(bound.descriptor);
    if (!bound.error)
        return {};
    return local ? Error::fromErrno(bound.error, u"bind"_s, options.path)
                 : Error::fromErrno(bound.error, u"bind"_s, request.address.address, options.port);
}

void BoundSocket::Private::close()
{
    if (!descriptor)
        return;
    descriptor.reset();
    if (local && !address.address.startsWith(QChar(0)))
        socketops::removePath(address.address);
    address = {};
}

Descriptor BoundSocket::Private::adopt()
{
    adopted = bool(descriptor);
    address = {};
    return std::move(descriptor);
}

Error BoundSocket::Private::misuse() const
{
    return adopted ? codes::handleAdopted() : Error();
}

// BoundSocket --------------------------------------------------------------------------------------------------

BoundSocket::BoundSocket(const BoundSocketOptions &options) : d(std::make_unique<Private>(options)) {}

BoundSocket::BoundSocket(std::unique_ptr<Private> adopted) : d(std::move(adopted)) {}
BoundSocket::BoundSocket(BoundSocket &&) noexcept = default;
BoundSocket &BoundSocket::operator=(BoundSocket &&) noexcept = default;
BoundSocket::~BoundSocket() = default;

Error BoundSocket::error() const
{
    return d->error ? d->error : d->misuse();
}

SocketAddress BoundSocket::address() const
{
    return d->address;
}

bool BoundSocket::isPipe() const
{
    return d->local;
}

int BoundSocket::fd() const
{
    return d->descriptor.get();
}

void BoundSocket::close()
{
    d->close();
}

} // namespace net
