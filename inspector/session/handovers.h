#pragma once
#include "inspector/session/subjectkey.h"
#include "libnet/wire/protocol.h"

#include <QHash>
#include <QList>

#include <deque>
#include <span>

namespace inspector {

/// Which objects of which processes have been one and the same connection, one after the other: those that were handed
/// over and taken over under the same cookie. The newest are kept.
class Handovers
{
public:
    /// Takes what \a events of \a process say of sockets that came or went.
    void take(quint32 process, std::span<const net::wire::EventRecord> events);
    /// What \a key was or is in other processes, in the order in which it was told; empty if it was never handed over.
    QList<SubjectKey> others(SubjectKey key) const;

private:
    static constexpr std::size_t kept = 50'000;
    static constexpr qsizetype longestWay = 64; ///< objects of one connection: agents may say anything

    QHash<quint64, QList<SubjectKey>> m_ways; ///< by cookie
    QHash<SubjectKey, quint64> m_cookies;
    std::deque<quint64> m_order; ///< cookies, the oldest first
};

} // namespace inspector
