#include "inspector/session/sessionformat.h"

#include "libnet/wire/cbormap.h"

#include <QCborStreamWriter>

#include <cmath>
#include <cstring>

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::AgentCard;
using net::wire::CborMapReader;

static constexpr qsizetype longestText = 256;

QByteArray encodeHead(const SessionHead &head)
{
    QByteArray bytes;
    QCborStreamWriter writer(&bytes);
    writer.startMap();
    const auto key = [&](QLatin1StringView name) -> QCborStreamWriter & {
        writer.append(name);
        return writer;
    };
    key("software"_L1).append(head.software.left(longestText));
    key("host"_L1).append(head.host.left(longestText));
    key("monotonic"_L1).append(head.monotonic);
    key("realtime"_L1).append(head.realtime);
    key("live"_L1).append(head.live);
    writer.endMap();
    return bytes;
}

std::optional<SessionHead> decodeHead(QByteArrayView bytes)
{
    SessionHead head;
    CborMapReader reader(bytes);
    while (reader.next()) {
        if (reader.key() == "software"_L1)
            reader.read(head.software);
        else if (reader.key() == "host"_L1)
            reader.read(head.host);
        else if (reader.key() == "monotonic"_L1)
            reader.read(head.monotonic);
        else if (reader.key() == "realtime"_L1)
            reader.read(head.realtime);
        else if (reader.key() == "live"_L1)
            reader.read(head.live);
    }
    // Sums and differences of plausible times never overflow.
    static constexpr qint64 limit = 1LL << 61;
    const bool plausible = head.monotonic >= 0 && head.monotonic < limit && head.realtime >= 0 && head.realtime < limit;
    if (!reader.isComplete() || !plausible)
        return {};
    return head;
}

QByteArray encodeCard(const AgentCard &card)
{
    QByteArray bytes;
    QCborStreamWriter writer(&bytes);
    writer.startMap();
    const auto key = [&](QLatin1StringView name) -> QCborStreamWriter & {
        writer.append(name);
        return writer;
    };
    key("pid"_L1).append(card.pid);
    key("name"_L1).append(card.name.left(longestText));
    key("startTime"_L1).append(card.startTime);
    key("parent"_L1).append(card.parent);
    writer.endMap();
    return bytes;
}

std::optional<AgentCard> decodeCard(QByteArrayView bytes)
{
    AgentCard card;
    CborMapReader reader(bytes);
    while (reader.next()) {
        if (reader.key() == "pid"_L1)
            reader.read(card.pid);
        else if (reader.key() == "name"_L1)
            reader.read(card.name);
        else if (reader.key() == "startTime"_L1)
            reader.read(card.startTime);
        else if (reader.key() == "parent"_L1)
            reader.read(card.parent);
    }
    static constexpr qint64 limit = (1LL << 61) / 1'000'000; // ms
    if (!reader.isComplete() || card.startTime < 0 || card.startTime > limit)
        return {};
    return card;
}

QByteArray encodeSums(const QList<SumRecord> &sums)
{
    const quint32 size = sizeof(SumRecord);
    QByteArray bytes(reinterpret_cast<const char *>(&size), sizeof size);
    bytes.append(reinterpret_cast<const char *>(sums.constData()), sums.size() * qsizetype(sizeof(SumRecord)));
    return bytes;
}

std::optional<QList<SumRecord>> decodeSums(QByteArrayView bytes)
{
    quint32 size = 0;
    if (bytes.size() < qsizetype(sizeof size))
        return {};
    std::memcpy(&size, bytes.data(), sizeof size);
    bytes = bytes.sliced(sizeof size);
    if (size < sizeof(SumRecord) || bytes.size() % size != 0)
        return {};
    QList<SumRecord> sums(bytes.size() / size);
    for (SumRecord &sum : sums) {
        std::memcpy(&sum, bytes.data(), sizeof sum);
        bytes = bytes.sliced(size);
        if (!std::isfinite(sum.in) || !std::isfinite(sum.out))
            return {};
    }
    return sums;
}

} // namespace inspector
