#include "libnet/blocklist.h"
#include "tests/fuzz/fuzz.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using net::BlockList;
using net::Family;

namespace {

net::Error add(BlockList &list, const QString &line, Family family)
{
    const QString rest = line.mid(1);
    switch (line.at(0).unicode()) {
    case u'a':
        return list.addAddress(rest, family);
    case u'r':
        return list.addRange(rest.section(u'-', 0, 0), rest.section(u'-', 1), family);
    case u's':
        return list.addSubnet(rest.section(u' ', 0, 0), rest.section(u' ', 1).toInt(), family);
    case u'j':
        return list.fromJson(rest.toUtf8());
    default:
        return list.addCIDR(rest);
    }
}

void remove(BlockList &list, const QString &line, Family family)
{
    const QString rest = line.mid(1);
    switch (line.at(0).unicode()) {
    case u'a':
        list.removeAddress(rest, family);
        break;
    case u'r':
        list.removeRange(rest.section(u'-', 0, 0), rest.section(u'-', 1), family);
        break;
    case u's':
        list.removeSubnet(rest.section(u' ', 0, 0), rest.section(u' ', 1).toInt(), family);
        break;
    default:
        list.removeCIDR(rest);
    }
}

// The address that a line begins with.
bool covers(const BlockList &list, const QString &line, Family family)
{
    const QString rest = line.mid(1);
    switch (line.at(0).unicode()) {
    case u'a':
        return list.check(rest, family);
    case u'r':
        return list.check(rest.section(u'-', 0, 0), family) && list.check(rest.section(u'-', 1), family);
    case u's':
        return list.check(rest.section(u' ', 0, 0), family);
    default:
        return list.check(rest.section(u'/', 0, 0), rest.contains(u':') ? Family::IPv6 : Family::IPv4);
    }
}

} // namespace

/// A rule a line. What is refused changes nothing, what is taken covers its address, and what is added can be removed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts).mid(0, 32);
    BlockList list;
    for (const QString &line : lines) {
        const Family family = line.contains(u':') ? Family::IPv6 : Family::IPv4;
        const BlockList before = list;
        if (add(list, line, family)) {
            fuzz::claim(list == before, "what is refused changes nothing");
            continue;
        }
        if (line.startsWith(u'j'))
            continue;
        fuzz::claim(list.size() == before.size() + 1, "what is taken is one rule");
        fuzz::claim(covers(list, line, family), "a rule covers its address");
        BlockList without = list;
        remove(without, line, family);
        fuzz::claim(without.size() == before.size(), "a rule is removed as it was added");
    }
    BlockList again;
    fuzz::claim(!again.fromJson(QJsonDocument(list.toJson()).toJson()), "a list reads what it has written");
    fuzz::claim(again == list, "and has the same rules then");
    return 0;
}
