#pragma once
#include <QHash>
#include <QMutex>

#include <atomic>
#include <span>
#include <vector>

namespace net::agent {

/// Call stacks that the application's threads have taken, each kept once, under a number from 1 on. What finds no
/// place any more is counted. Thread-safe.
class StackStore
{
public:
    explicit StackStore(quint64 budget) : m_budget(budget) {}

    /// Whether stacks are to be taken at all.
    bool isWanted() const { return m_wanted.load(std::memory_order_relaxed) > 0; }
    /// One more inspector wants them, or one less.
    void want(bool on) { m_wanted.fetch_add(on ? 1 : -1, std::memory_order_relaxed); }
    /// The application itself wants them, until its end.
    void wantAlways();

    /// The number of that stack; 0: there is no room.
    quint32 keep(std::span<const quint64> addresses);

    quint32 count() const;
    std::vector<quint64> addresses(quint32 stack) const;
    quint64 lost() const; ///< how often there was no room
    quint64 bytes() const;

private:
    struct Place
    {
        quint32 begin = 0; ///< in m_addresses
        quint32 size = 0;
    };
    std::span<const quint64> at(const Place &place) const;
    quint64 used() const;

    mutable QMutex m_mutex;
    std::vector<quint64> m_addresses; ///< of all stacks, one after the other
    std::vector<Place> m_places;      ///< by number - 1
    QMultiHash<std::size_t, quint32> m_numbers;
    quint64 m_lost = 0;
    const quint64 m_budget; ///< bytes
    bool m_always = false;
    // Apart from what the threads fight for.
    alignas(64) std::atomic<qint32> m_wanted = 0;
};

} // namespace net::agent
