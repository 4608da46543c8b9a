#include "libnet/blocklist.h"

#include "libnet/codes.h"

#include <QJsonDocument>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <optional>

namespace net {

using namespace Qt::StringLiterals;

namespace {

// Every address as 128 bits in network order, IPv4 in its mapped form: so one comparison serves both families.
using Bits = std::array<uchar, 16>;
constexpr int MappedPrefix = 96;

std::optional<Bits> toBits(const QString &address, Family family)
{
    Bits bits = {};
    if (family == Family::IPv4) {
        bits[10] = bits[11] = 0xFF;
        if (!isIPv4(address) || inet_pton(AF_INET, address.toLatin1().constData(), bits.data() + 12) != 1)
            return {};
    } else if (!isIPv6(address) ||
               inet_pton(AF_INET6, address.section(u'%', 0, 0).toLatin1().constData(), bits.data()) != 1) {
        return {};
    }
    return bits;
}

QString toText(const Bits &bits, Family family)
{
    char text[INET6_ADDRSTRLEN] = {};
    if (family == Family::IPv4)
        inet_ntop(AF_INET, bits.data() + 12, text, sizeof text);
    else
        inet_ntop(AF_INET6, bits.data(), text, sizeof text);
    return QString::fromLatin1(text);
}

// The first or the last address of a network.
Bits masked(Bits bits, int prefix, bool last)
{
    for (int i = 0; i < 16; ++i) {
        const int keep = qBound(0, prefix - 8 * i, 8);
        const auto mask = uchar(0xFF00 >> keep);
        bits[size_t(i)] = last ? uchar(bits[size_t(i)] | uchar(~mask)) : uchar(bits[size_t(i)] & mask);
    }
    return bits;
}

struct Rule
{
    Bits first;
    Bits last;
    QString text;
};

Error invalidAddress()
{
    return Error::fromCode(u"ERR_INVALID_ADDRESS"_s, u"Invalid socket address"_s);
}

/// A rule, or why it is none.
struct Parsed
{
    Rule rule = {};
    Error error = {};
};

Parsed checkFamily(Family family)
{
    if (family == Family::IPv4 || family == Family::IPv6)
        return {};
    return {{}, Error::fromCode(u"ERR_INVALID_ARG_VALUE"_s, u"The property 'options.family' is invalid."_s)};
}

Parsed parseAddress(const QString &address, Family family)
{
    if (Parsed wrong = checkFamily(family); wrong.error)
        return wrong;
    const auto bits = toBits(address, family);
    if (!bits)
        return {{}, invalidAddress()};
    return {{*bits, *bits, u"Address: %1 %2"_s.arg(familyName(family), toText(*bits, family))}};
}

Parsed parseRange(const QString &first, const QString &last, Family family)
{
    if (Parsed wrong = checkFamily(family); wrong.error)
        return wrong;
    const auto from = toBits(first, family);
    const auto to = toBits(last, family);
    if (!from || !to)
        return {{}, invalidAddress()};
    if (*to < *from)
        return {{},
                Error::fromCode(u"ERR_INVALID_ARG_VALUE"_s,
                                u"The argument 'start' must come before end. Received %1"_s.arg(first))};
    return {{*from, *to, u"Range: %1 %2-%3"_s.arg(familyName(family), toText(*from, family), toText(*to, family))}};
}

Parsed parseSubnet(const QString &network, int prefix, Family family)
{
    if (Parsed wrong = checkFamily(family); wrong.error)
        return wrong;
    const auto bits = toBits(network, family);
    if (!bits)
        return {{}, invalidAddress()};
    const int longest = family == Family::IPv4 ? 32 : 128;
    if (prefix < 0 || prefix > longest)
        return {
            {},
            Error::fromCode(
                u"ERR_OUT_OF_RANGE"_s,
                u"The value of \"prefix\" is out of range. It must be >= 0 && <= %1. Received %2"_s.arg(longest).arg(
                    prefix))};
    const int all = family == Family::IPv4 ? MappedPrefix + prefix : prefix;
    return {{masked(*bits, all, false), masked(*bits, all, true),
             u"Subnet: %1 %2/%3"_s.arg(familyName(family), toText(*bits, family)).arg(prefix)}};
}

Parsed parseCidr(const QString &cidr)
{
    const QString prefix = cidr.section(u'/', 1);
    bool numeric = !prefix.isEmpty();
    for (const QChar c : prefix)
        numeric = numeric && c >= u'0' && c <= u'9';
    if (!numeric)
        return {{}, codes::invalidArgument(u"cidr"_s, u'\'' + cidr + u'\'')};
    return parseSubnet(cidr.section(u'/', 0, 0), prefix.toInt(), cidr.contains(u':') ? Family::IPv6 : Family::IPv4);
}

// Reads what rules() has written.
Parsed parseRule(const QString &text)
{
    const QString family = text.section(u' ', 1, 1);
    const QString rest = text.section(u' ', 2);
    const Family known = family == "IPv4"_L1 ? Family::IPv4 : family == "IPv6"_L1 ? Family::IPv6 : Family::Unspecified;
    if (known != Family::Unspecified) {
        if (text.startsWith("Address: "_L1))
            return parseAddress(rest, known);
        if (text.startsWith("Range: "_L1))
            return parseRange(rest.section(u'-', 0, 0), rest.section(u'-', 1), known);
        if (text.startsWith("Subnet: "_L1)) {
            Parsed parsed = parseCidr(rest);
            if (parsed.error || parsed.rule.text == text)
                return parsed;
        }
    }
    return {{}, codes::invalidArgument(u"value"_s, u'\'' + text + u'\'')};
}

} // namespace

class BlockListData : public QSharedData
{
public:
    QList<Rule> rules;
};

// Adds the rule if there is one, else says why not.
static Error add(QSharedDataPointer<BlockListData> &d, const Parsed &parsed)
{
    if (!parsed.error)
        d->rules.prepend(parsed.rule);
    return parsed.error;
}

static Error remove(QSharedDataPointer<BlockListData> &d, const Parsed &parsed)
{
    if (parsed.error)
        return parsed.error;
    const auto same = [&parsed](const Rule &rule) {
        return rule.text == parsed.rule.text;
    };
    const QList<Rule> &rules = std::as_const(d)->rules;
    const auto found = std::find_if(rules.begin(), rules.end(), same);
    if (found != rules.end())
        d->rules.removeAt(found - rules.begin());
    return {};
}

// All or nothing.
template <typename Parse>
static Error addAll(QSharedDataPointer<BlockListData> &d, const QStringList &texts, Parse parse)
{
    QSharedDataPointer<BlockListData> changed = d;
    for (const QString &text : texts) {
        if (Error error = add(changed, parse(text)))
            return error;
    }
    d = changed;
    return {};
}

BlockList::BlockList() : d(new BlockListData) {}

BlockList::BlockList(const BlockList &) = default;
BlockList &BlockList::operator=(const BlockList &) = default;
BlockList::~BlockList() = default;

Error BlockList::addAddress(const QString &address, Family family)
{
    return add(d, parseAddress(address, family));
}

Error BlockList::addAddresses(const QStringList &addresses, Family family)
{
    return addAll(d, addresses, [family](const QString &text) { return parseAddress(text, family); });
}

Error BlockList::addRange(const QString &first, const QString &last, Family family)
{
    return add(d, parseRange(first, last, family));
}

Error BlockList::addSubnet(const QString &network, int prefix, Family family)
{
    return add(d, parseSubnet(network, prefix, family));
}

Error BlockList::addCIDR(const QString &cidr)
{
    return add(d, parseCidr(cidr));
}

Error BlockList::addCIDRs(const QStringList &cidrs)
{
    return addAll(d, cidrs, parseCidr);
}

Error BlockList::removeAddress(const QString &address, Family family)
{
    return remove(d, parseAddress(address, family));
}

Error BlockList::removeRange(const QString &first, const QString &last, Family family)
{
    return remove(d, parseRange(first, last, family));
}

Error BlockList::removeSubnet(const QString &network, int prefix, Family family)
{
    return remove(d, parseSubnet(network, prefix, family));
}

Error BlockList::removeCIDR(const QString &cidr)
{
    return remove(d, parseCidr(cidr));
}

void BlockList::clear()
{
    d->rules.clear();
}

bool BlockList::check(const QString &address, Family family) const
{
    const auto bits = family == Family::IPv4 || family == Family::IPv6 ? toBits(address, family) : std::nullopt;
    if (!bits)
        return false;
    const auto covers = [&bits](const Rule &rule) {
        return rule.first <= *bits && *bits <= rule.last;
    };
    return std::any_of(d->rules.begin(), d->rules.end(), covers);
}

qsizetype BlockList::size() const
{
    return d->rules.size();
}

QStringList BlockList::rules() const
{
    QStringList texts;
    for (const Rule &rule : d->rules)
        texts.append(rule.text);
    return texts;
}

QJsonArray BlockList::toJson() const
{
    return QJsonArray::fromStringList(rules());
}

Error BlockList::fromJson(const QJsonArray &json)
{
    // Newest first there, so the last one was the first to be added.
    QStringList texts;
    for (const auto &value : json)
        texts.prepend(value.toString());
    return addAll(d, texts, parseRule);
}

Error BlockList::fromJson(const QByteArray &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isArray())
        return codes::invalidArgument(u"value"_s, u"text that is not a JSON array"_s);
    return fromJson(document.array());
}

QStringList BlockList::privateRanges()
{
    return {u"10.0.0.0/8"_s, u"172.16.0.0/12"_s,  u"192.168.0.0/16"_s, u"127.0.0.0/8"_s,
            u"::1/128"_s,    u"169.254.0.0/16"_s, u"fe80::/10"_s,      u"fc00::/7"_s};
}

bool operator==(const BlockList &a, const BlockList &b)
{
    return a.d == b.d || a.rules() == b.rules();
}

QDebug operator<<(QDebug debug, const BlockList &list)
{
    const QDebugStateSaver saver(debug);
    return debug.nospace() << "net::BlockList(" << list.rules() << ')';
}

} // namespace net
