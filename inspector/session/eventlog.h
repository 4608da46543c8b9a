#pragma once
#include "inspector/session/subjectkey.h"
#include "libnet/wire/protocol.h"

#include <cstdlib>
#include <future>
#include <memory>
#include <span>
#include <vector>

namespace inspector {

/// One event of any process, as it is kept: 40 bytes, so that ten million take 400 MB.
struct LogRecord
{
    qint64 time = 0; ///< ns of CLOCK_MONOTONIC
    quint64 subject = 0;
    quint64 a = 0; ///< as the kind says, see the wire's protocol
    quint64 b = 0;
    quint32 flags = 0;
    quint16 process = 0;
    quint8 kind = 0;  ///< net::wire::EventKind, or one of a newer agent
    quint8 state = 0; ///< net::wire::State

    SubjectKey key() const { return {process, subject}; }
};
static_assert(sizeof(LogRecord) == 40);

/// The newest events of all processes in the order in which they came, in a ring that grows by blocks up to its
/// capacity and then overwrites the oldest. An event keeps its number for ever.
class EventLog
{
public:
    /// \a capacity is rounded up to whole blocks.
    explicit EventLog(quint64 capacity);

    void append(quint16 process, std::span<const net::wire::EventRecord> events);
    void clear() { m_begin = m_end; }

    quint64 begin() const { return m_begin; } ///< number of the oldest that is kept
    quint64 end() const { return m_end; }     ///< number that the next one will have
    quint64 capacity() const { return m_blocks.size() * blockSize; }
    quint64 overwritten() const { return m_overwritten; }
    quint64 memory() const;

    /// The event with that number, or an empty one if it is kept no more.
    LogRecord at(quint64 number) const;
    /// The events from \a number on that lie side by side: for fast scanning.
    std::span<const LogRecord> run(quint64 number) const;

private:
    /// A block fills a huge page: with ordinary ones the kernel's part of a busy frame is a tenth of all work. To clear
    /// that page takes the kernel half a millisecond or more, so it is done before the block is needed.
    static constexpr std::size_t blockBytes = std::size_t(2) << 20;
    static constexpr quint64 blockSize = blockBytes / sizeof(LogRecord);
    struct Free
    {
        void operator()(LogRecord *block) const { std::free(block); }
    };
    using Block = std::unique_ptr<LogRecord[], Free>;

    static Block makeBlock();
    void prepareBlock();
    Block nextBlock();

    std::vector<Block> m_blocks;
    std::future<Block> m_prepared; ///< by another thread, while the one before fills
    quint64 m_begin = 0;
    quint64 m_end = 0;
    quint64 m_overwritten = 0;
};

} // namespace inspector
