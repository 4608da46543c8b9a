#include "inspector/exports/conversations.h"

#include "inspector/exports/tcpscript.h"

#include <QMultiHash>

#include <algorithm>
#include <limits>

namespace inspector {

using net::wire::Direction;

qsizetype sizeInStream(const PayloadPiece &piece)
{
    return std::min<qsizetype>(piece.bytes.size(), piece.streamSize);
}

quint64 Conversation::notCaptured() const
{
    return moved[0] - std::min(moved[0], captured[0]) + moved[1] - std::min(moved[1], captured[1]);
}

static Conversation conversationOf(const Records &records, int row)
{
    const net::wire::CounterRecord &counters = records.objects.counters(row);
    Conversation one{.identity = records.objects.identity(row),
                     .texts = records.objects.texts(row),
                     .moved = {counters.received, counters.sent}};
    one.ends[one.isAccepted() ? 1 : 0] = one.texts.local;
    one.ends[one.isAccepted() ? 0 : 1] = one.texts.remote;
    one.firstTime = one.identity.createdAt;
    const PayloadLog *const log = records.payloads.find(one.key());
    if (!log)
        return one;
    one.begin = log->begin();
    one.end = log->end();
    for (quint64 number = one.begin; number < one.end; ++number) {
        const PayloadPiece &piece = log->at(number);
        one.captured[indexOf(piece.direction)] += quint64(sizeInStream(piece));
        one.firstTime = std::min(one.firstTime, piece.time);
    }
    return one;
}

// One end was accepted and the other was not, and they were there at the same time: addresses are used again.
static bool areEndsOfOne(const Conversation &a, const Conversation &b)
{
    const auto goneAt = [](const Conversation &one) {
        return one.identity.goneAt ? one.identity.goneAt : std::numeric_limits<qint64>::max();
    };
    return a.isAccepted() != b.isAccepted() && a.identity.createdAt <= goneAt(b) && b.identity.createdAt <= goneAt(a);
}

std::vector<Conversation> conversationsOf(const Records &records, const RowChoice &choice, int &twins)
{
    std::vector<Conversation> all;
    for (int row = 0; row < records.objects.size(); ++row) {
        const RowIdentity &identity = records.objects.identity(row);
        if (isSocket(identity.kind) && identity.life != RowLife::Free && (!choice || choice(row)))
            all.push_back(conversationOf(records, row));
    }
    std::ranges::stable_sort(all, std::ranges::greater(),
                             [](const Conversation &one) { return one.captured[0] + one.captured[1]; });
    QMultiHash<std::pair<QString, QString>, std::size_t> known; // ends, and the place of who speaks for them
    std::vector<Conversation> kept;
    for (Conversation &one : all) {
        const auto ends = std::pair(one.ends[0], one.ends[1]);
        const bool haveAddresses = PacketEnd::parse(one.ends[0]) && PacketEnd::parse(one.ends[1]);
        const auto same = known.values(ends);
        if (haveAddresses &&
            std::ranges::any_of(same, [&](std::size_t place) { return areEndsOfOne(one, kept[place]); })) {
            ++twins;
            continue;
        }
        known.insert(ends, kept.size());
        kept.push_back(std::move(one));
    }
    return kept;
}

} // namespace inspector
