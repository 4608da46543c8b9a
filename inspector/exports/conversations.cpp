#include "inspector/exports/conversations.h"

#include "inspector/exports/tcpscript.h"

#include <QMultiHash>

#include <algorithm>

namespace inspector {

using net::wire::Direction;

qsizetype sizeInStream(const PayloadPiece &piece)
{
    return std::min<qsizetype>(piece.bytes.size(), piece.streamSize);
}

static Conversation conversationOf(const Records &records, int row)
{
    const net::wire::CounterRecord &counters = records.objects.counters(row);
    Conversation one{.identity = records.objects.identity(row), .texts = records.objects.texts(row)};
    one.ends[one.isAccepted() ? 1 : 0] = one.texts.local;
    one.ends[one.isAccepted() ? 0 : 1] = one.texts.remote;
    if (const qint64 closedAt = records.objects.marks(row).closedAt)
        one.endedAt = closedAt;
    if (one.identity.goneAt)
        one.endedAt = std::min(one.endedAt, one.identity.goneAt);
    const PayloadLog *const log = records.payloads.find(one.identity.key);
    for (const Direction direction : {Direction::Received, Direction::Sent}) {
        Stream &stream = one.streams[indexOf(direction)];
        stream.key = one.identity.key;
        stream.direction = direction;
        stream.moved = direction == Direction::Received ? counters.received : counters.sent;
        stream.begin = log ? log->begin() : 0;
        stream.end = log ? log->end() : 0;
    }
    for (quint64 number = one.streams[0].begin; number < one.streams[0].end; ++number) {
        const PayloadPiece &piece = log->at(number);
        Stream &stream = one.streams[indexOf(piece.direction)];
        ++stream.pieces;
        stream.captured += quint64(sizeInStream(piece));
        stream.firstTime = std::min(stream.firstTime, piece.time);
    }
    return one;
}

// One end was accepted and the other was not, and they were there at the same time: addresses are used again.
static bool areEndsOfOne(const Conversation &a, const Conversation &b)
{
    return a.isAccepted() != b.isAccepted() && a.identity.createdAt <= b.endedAt && b.identity.createdAt <= a.endedAt;
}

// What one end has received the other has sent.
static void takeOver(Conversation &from, const Conversation &twin)
{
    from.hasTwin = true;
    for (int direction = 0; direction < 2; ++direction) {
        Stream &mine = from.streams[direction];
        const Stream &other = twin.streams[1 - direction];
        const quint64 moved = std::max(mine.moved, other.moved);
        if (other.captured > mine.captured)
            mine = other;
        mine.moved = moved;
    }
}

std::vector<Conversation> conversationsOf(const Records &records, const RowChoice &choice, int &twins)
{
    std::vector<Conversation> all;
    for (int row = 0; row < records.objects.size(); ++row) {
        const RowIdentity &identity = records.objects.identity(row);
        if (isSocket(identity.kind) && identity.life != RowLife::Free && (!choice || choice(row)))
            all.push_back(conversationOf(records, row));
    }
    std::ranges::stable_sort(all, std::ranges::greater(), &Conversation::captured);
    QMultiHash<std::pair<QString, QString>, std::size_t> known; // ends, and the place of who speaks for them
    std::vector<Conversation> kept;
    for (Conversation &one : all) {
        const auto ends = std::pair(one.ends[0], one.ends[1]);
        const bool haveAddresses = PacketEnd::parse(one.ends[0]) && PacketEnd::parse(one.ends[1]);
        const auto same = known.values(ends);
        const auto twin = std::ranges::find_if(
            same, [&](std::size_t place) { return !kept[place].hasTwin && areEndsOfOne(one, kept[place]); });
        if (haveAddresses && twin != same.end()) {
            takeOver(kept[*twin], one);
            ++twins;
            continue;
        }
        known.insert(ends, kept.size());
        kept.push_back(std::move(one));
    }
    return kept;
}

} // namespace inspector
