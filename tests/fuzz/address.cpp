#include "libnet/socketaddress.h"
#include "tests/fuzz/fuzz.h"

#include <QStringList>

using net::SocketAddress;

/// What is an address is written so that it is read as the same one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    const int kind = net::isIP(text);
    fuzz::claim(net::isIPv4(text) == (kind == 4) && net::isIPv6(text) == (kind == 6), "a text has one family");
    const auto address = SocketAddress::parse(text);
    if (!address) {
        fuzz::claim(kind == 0, "every literal is an address");
        return 0;
    }
    fuzz::claim(net::isIP(address->address) == (address->family == net::Family::IPv4 ? 4 : 6),
                "an address is a literal of its family");
    fuzz::claim(SocketAddress::parse(address->toString()) == address, "an address that is written is read the same");
    fuzz::claim(SocketAddress::parse(address->address).value_or(SocketAddress()).address == address->address,
                "the short form is the short form");
    return 0;
}
