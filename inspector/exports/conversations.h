#pragma once
#include "inspector/exports/content.h"

#include <optional>
#include <vector>

namespace inspector {

/// One end of a connection whose conversation is told, as things stood when it was looked at.
struct Conversation
{
    RowIdentity identity = {};
    RowTexts texts = {};
    QString ends[2] = {};     ///< opener, answerer
    quint64 moved[2] = {};    ///< bytes by direction: received, sent
    quint64 captured[2] = {}; ///< of these
    quint64 begin = 0;        ///< its pieces of payload
    quint64 end = 0;
    qint64 firstTime = 0; ///< of its beginning or its first piece

    SubjectKey key() const { return identity.key; }
    bool isAccepted() const { return identity.kind == RowKind::Accepted; }
    /// Which of the ends says what goes in that direction: 0 the opener, 1 the answerer.
    int sayer(net::wire::Direction direction) const
    {
        return (direction == net::wire::Direction::Received) == isAccepted() ? 0 : 1;
    }
    quint64 notCaptured() const;
};

/// Every conversation of the chosen rows once: where both ends are watched, the one that knows more speaks for both.
/// \a twins is how many were left out for that.
std::vector<Conversation> conversationsOf(const Records &records, const RowChoice &choice, int &twins);

/// 0 for what was received, 1 for what was sent.
inline int indexOf(net::wire::Direction direction)
{
    return direction == net::wire::Direction::Received ? 0 : 1;
}

/// Bytes of a piece that go into a file: what stands in the place of others may be longer than they were.
qsizetype sizeInStream(const PayloadPiece &piece);

} // namespace inspector
