#pragma once
#include "libnet/wire/messages.h"

#include <QHash>

#include <array>
#include <span>

namespace net::agent {

/// Counts events that an inspector lost, by kind and, for a bounded number of them, by subject.
class DropCount
{
public:
    void add(std::span<const wire::EventRecord> records);
    quint64 total() const { return m_total; }
    wire::Drops drops() const;

private:
    std::array<quint64, wire::eventKindLimit> m_kinds = {};
    QHash<quint64, quint64> m_subjects;
    quint64 m_total = 0;
    quint64 m_elsewhere = 0;
};

} // namespace net::agent
