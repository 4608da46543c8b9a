#include "inspector/exports/conversations.h"

#include "inspector/exports/tcpscript.h"

#include <QMultiHash>
#include <QSet>

#include <algorithm>

namespace inspector {

using net::wire::Direction;
using net::wire::EventKind;
using net::wire::Family;
using net::wire::State;

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

// Those of \a sockets of whom it is known that they were opened, and not that they were connected.
static QSet<SubjectKey> neverConnected(const EventLog &events, const QSet<SubjectKey> &sockets)
{
    QSet<SubjectKey> opened;
    QSet<SubjectKey> connected;
    for (quint64 number = events.begin(); !sockets.isEmpty() && number < events.end();) {
        const std::span<const LogRecord> run = events.run(number);
        for (const LogRecord &event : run) {
            const bool wasFound = event.b != 0;
            if (EventKind(event.kind) == EventKind::Opened && !wasFound && sockets.contains(event.key()))
                opened.insert(event.key());
            else if (EventKind(event.kind) == EventKind::Connected && sockets.contains(event.key()))
                connected.insert(event.key());
        }
        number += run.size();
    }
    return opened - connected;
}

// Whether there was a connection; nothing if it is a local one that is over, which has no end that would tell.
static std::optional<bool> wasOpen(const Conversation &one, State state)
{
    if (one.identity.kind != RowKind::Client || one.pieces() + one.streams[0].moved + one.streams[1].moved > 0)
        return true;
    if (state == State::Idle || state == State::Resolving || state == State::Connecting)
        return false;
    if (state != State::Closed)
        return true;
    return one.identity.family == Family::Local ? std::nullopt : std::optional(one.identity.localPort != 0);
}

static std::vector<Conversation> openConversations(const Records &records, const RowChoice &choice, int &neverOpen)
{
    std::vector<Conversation> all;
    QSet<SubjectKey> unknown;
    for (int row = 0; row < records.objects.size(); ++row) {
        const RowIdentity &identity = records.objects.identity(row);
        if (!isSocket(identity.kind) || identity.life == RowLife::Free || (choice && !choice(row)))
            continue;
        Conversation one = conversationOf(records, row);
        const std::optional<bool> open = wasOpen(one, records.objects.counters(row).state);
        if (!open)
            unknown.insert(identity.key);
        if (open.value_or(true))
            all.push_back(std::move(one));
        else
            ++neverOpen;
    }
    const QSet<SubjectKey> never = neverConnected(records.events, unknown);
    neverOpen += int(std::erase_if(all, [&](const Conversation &one) { return never.contains(one.identity.key); }));
    return all;
}

std::vector<Conversation> conversationsOf(const Records &records, const RowChoice &choice, int &twins, int &neverOpen)
{
    std::vector<Conversation> all = openConversations(records, choice, neverOpen);
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
