#pragma once
#include "libnet/wire/protocol.h"

#include <QByteArrayView>

#include <algorithm>
#include <deque>
#include <memory>

namespace net::agent {

/// The latest captured pieces, numbered from 0, one after the other in a block that is begun anew at its end. Bounded
/// in bytes; the oldest make room. Lives in the agent's thread.
class PayloadStore
{
public:
    /// \a limit in bytes, of which an eighth is for knowing where each piece begins.
    explicit PayloadStore(quint64 limit);

    quint64 first() const { return m_first; }
    quint64 next() const { return m_first + m_places.size(); }
    /// What it takes, whether or not the piece that was there is still kept.
    quint64 bytes() const { return std::min(m_end, m_capacity) + m_places.size() * sizeof(quint64); }
    const wire::PayloadRecord &record(quint64 number) const;
    QByteArrayView bytesOf(quint64 number) const;

    bool hasRoomFor(const wire::PayloadRecord &record) const;
    /// There must be room. Gives where its bytes, as many as its size says, are to be written.
    char *append(const wire::PayloadRecord &record);
    void dropFirst();
    /// Gives its memory back. The next piece has the number that it would have had.
    void clear();

private:
    static quint64 sizeOf(const wire::PayloadRecord &record);
    /// Where the next piece begins: none is cut in two by the block's end.
    quint64 placeFor(quint64 size) const;
    char *at(quint64 place) const { return m_block.get() + place % m_capacity; }

    const quint64 m_capacity;
    const quint64 m_mostPieces;
    std::unique_ptr<char[]> m_block;
    std::deque<quint64> m_places; ///< counted over all rounds
    quint64 m_first = 0;
    quint64 m_end = 0; ///< of the last piece
};

} // namespace net::agent
