#pragma once
#include "inspector/exports/content.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace inspector {

/// One direction of a conversation, told by that of its ends which has captured more of it.
struct Stream
{
    SubjectKey key = {};                                             ///< of that end
    net::wire::Direction direction = net::wire::Direction::Received; ///< as that end sees it
    quint64 moved = 0;                                               ///< bytes, by the count of whoever knows of more
    quint64 captured = 0;                                            ///< of these
    quint64 pieces = 0;
    quint64 begin = 0; ///< that end's pieces of payload, those of its other direction among them
    quint64 end = 0;
    qint64 firstTime = std::numeric_limits<qint64>::max(); ///< of a piece

    quint64 notCaptured() const { return moved - std::min(moved, captured); }
};

/// One end of a connection whose conversation is told, as things stood when it was looked at.
struct Conversation
{
    RowIdentity identity = {};
    RowTexts texts = {};
    qint64 endedAt = std::numeric_limits<qint64>::max();
    QString ends[2] = {};   ///< opener, answerer
    Stream streams[2] = {}; ///< by direction: received, sent
    bool hasTwin = false;   ///< the other end was watched too

    bool isAccepted() const { return identity.kind == RowKind::Accepted; }
    quint64 captured() const { return streams[0].captured + streams[1].captured; }
    quint64 pieces() const { return streams[0].pieces + streams[1].pieces; }
    /// Of its beginning or its first piece.
    qint64 firstTime() const { return std::min({identity.createdAt, streams[0].firstTime, streams[1].firstTime}); }
    /// Which of the ends says what goes in that direction: 0 the opener, 1 the answerer.
    int sayer(int direction) const { return (direction == 0) == isAccepted() ? 0 : 1; }
};

/// Every conversation of the chosen rows once: where both ends are watched, the one that has captured more speaks for
/// both, and each direction is told by the one that has captured more of that. \a twins is how many were left out for
/// that, \a neverOpen how many because nobody has ever answered them.
std::vector<Conversation> conversationsOf(const Records &records, const RowChoice &choice, int &twins, int &neverOpen);

/// 0 for what was received, 1 for what was sent.
inline int indexOf(net::wire::Direction direction)
{
    return direction == net::wire::Direction::Received ? 0 : 1;
}

/// Bytes of a piece that go into a file: what stands in the place of others may be longer than they were.
qsizetype sizeInStream(const PayloadPiece &piece);

} // namespace inspector
