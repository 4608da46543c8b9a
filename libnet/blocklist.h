#pragma once
#include <libnet/error.h>
#include <libnet/export.h>
#include <libnet/socketaddress.h>

#include <QDebug>
#include <QJsonArray>
#include <QSharedDataPointer>
#include <QStringList>

namespace net {

class BlockListData;

/// A list of addresses, ranges and subnets not to talk to. Node: net.BlockList.
/// Implicitly shared: a copy given to a server or a connection does not change with this one. An IPv4-mapped IPv6
/// address matches IPv4 rules. Functions that take text return an error, and change nothing, if it is not an
/// address of the family: ERR_INVALID_ADDRESS, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE.
class LIBNET_EXPORT BlockList
{
public:
    BlockList();
    BlockList(const BlockList &);
    BlockList &operator=(const BlockList &);
    ~BlockList();

    /// Blocks one address.
    Error addAddress(const QString &address, Family family = Family::IPv4);
    /// Adds all, or none if one of them is wrong.
    Error addAddresses(const QStringList &addresses, Family family = Family::IPv4);
    /// Blocks \a first to \a last, both included.
    Error addRange(const QString &first, const QString &last, Family family = Family::IPv4);
    /// \a prefix: bits of the network part, 0 to 32 or 0 to 128.
    Error addSubnet(const QString &network, int prefix, Family family = Family::IPv4);
    /// Adds "10.0.0.0/8"; the family is IPv6 if there is a colon in it.
    Error addCIDR(const QString &cidr);
    Error addCIDRs(const QStringList &cidrs); ///< all, or none if one of them is wrong

    /// These need the exact values of the rule, and do nothing if there is none.
    Error removeAddress(const QString &address, Family family = Family::IPv4);
    Error removeRange(const QString &first, const QString &last, Family family = Family::IPv4); ///< see removeAddress()
    Error removeSubnet(const QString &network, int prefix, Family family = Family::IPv4);       ///< see removeAddress()
    Error removeCIDR(const QString &cidr);                                                      ///< see removeAddress()
    void clear();                                                                               ///< removes all rules

    /// True if a rule covers \a address; false for what is not an address.
    bool check(const QString &address, Family family = Family::IPv4) const;
    /// The same for an address with its family.
    bool check(const SocketAddress &address) const { return check(address.address, address.family); }

    qsizetype size() const;                      ///< number of rules
    bool isEmpty() const { return size() == 0; } ///< no rules
    /// "Address: IPv4 10.0.0.5", "Range: IPv4 192.168.2.1-192.168.2.10", "Subnet: IPv4 192.168.1.0/24"; newest first.
    QStringList rules() const;
    /// The rules as a list of their texts.
    QJsonArray toJson() const;
    /// Adds the rules of \a json, as toJson() gives them; all or none.
    Error fromJson(const QJsonArray &json);
    /// The same from JSON text.
    Error fromJson(const QByteArray &text);

    /// Private, loopback and link-local ranges of both families, as CIDRs. Node: BlockList.PRIVATE_RANGES.
    static QStringList privateRanges();

    LIBNET_EXPORT friend bool operator==(const BlockList &a, const BlockList &b);

private:
    QSharedDataPointer<BlockListData> d;
};

LIBNET_EXPORT QDebug operator<<(QDebug debug, const BlockList &list);

} // namespace net
