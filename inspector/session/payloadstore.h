#pragma once
#include "inspector/session/subjectkey.h"
#include "libnet/wire/messages.h"

#include <QHash>
#include <QSet>

#include <deque>
#include <list>
#include <memory>

namespace inspector {

/// A captured piece of a conversation, or a hole in it.
struct PayloadPiece
{
    qint64 time = 0;
    quint64 offset = 0;  ///< of its first byte in the stream of that direction
    quint64 missing = 0; ///< bytes of the stream before this piece that were not captured
    net::wire::Direction direction = net::wire::Direction::Received;
    bool redacted = false;  ///< the application has replaced the bytes
    quint32 streamSize = 0; ///< bytes of the stream that it stands for: the same as its own unless redacted
    QByteArray bytes = {};
};

/// The pieces of one subject in the order in which they came. A piece keeps its number for ever.
class PayloadLog
{
public:
    quint64 begin() const { return m_begin; }
    quint64 end() const { return m_begin + m_pieces.size(); }
    const PayloadPiece &at(quint64 number) const { return m_pieces[number - m_begin]; }
    qsizetype bytes() const { return m_bytes; }

private:
    friend class PayloadStore;
    void append(const net::wire::Payload &payload);
    void dropFirst();

    std::deque<PayloadPiece> m_pieces;
    quint64 m_begin = 0;
    qsizetype m_bytes = 0;
    quint64 m_next[2] = {}; ///< offset expected next, by direction
    bool m_seen[2] = {};
};

/// What was captured of every subject, bounded in bytes: the subjects that have been silent for longest lose
/// theirs first, then the one that speaks its oldest pieces.
class PayloadStore
{
public:
    explicit PayloadStore(qsizetype capacity) : m_capacity(capacity) {}

    void append(SubjectKey key, const net::wire::Payload &payload);
    /// Null if nothing was captured, or all of it had to make room for what others said.
    const PayloadLog *find(SubjectKey key) const;
    /// Whether all that was captured of it had to make room; of the last so many of whom that is true.
    bool hasMadeRoom(SubjectKey key) const { return m_gone.contains(key); }
    /// Those of whom something was captured.
    std::vector<SubjectKey> keys() const { return {m_order.begin(), m_order.end()}; }
    void clear();
    qsizetype bytes() const { return m_bytes; }

private:
    using Order = std::list<SubjectKey>;
    struct Entry
    {
        std::shared_ptr<PayloadLog> log;
        Order::iterator place;
    };
    void trim(SubjectKey keep);

    QHash<SubjectKey, Entry> m_logs;
    Order m_order;           ///< the one that had data last is at the back
    QSet<SubjectKey> m_gone; ///< those that have made room
    qsizetype m_capacity;
    qsizetype m_bytes = 0;
};

} // namespace inspector
