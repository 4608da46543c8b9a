#include "inspector/session/eventlog.h"

#include "inspector/session/monotonic.h"

#include <algorithm>
#include <cstring>
#include <sys/mman.h>
#include <system_error>

namespace inspector {

EventLog::EventLog(quint64 capacity) : m_blocks(std::max<quint64>(1, (capacity + blockSize - 1) / blockSize)) {}

EventLog::Block EventLog::makeBlock()
{
    void *const memory = std::aligned_alloc(blockBytes, blockBytes);
    Q_CHECK_PTR(memory);
    ::madvise(memory, blockBytes, MADV_HUGEPAGE); // where there are none, ordinary pages do
    std::memset(memory, 0, blockBytes);           // else the kernel gives a page when it is written to
    return Block(static_cast<LogRecord *>(memory));
}

void EventLog::prepareBlock()
{
    if (m_prepared.valid())
        return;
    try {
        m_prepared = std::async(std::launch::async, &EventLog::makeBlock);
    } catch (const std::system_error &) { // no more threads: it is made when it is needed
    }
}

EventLog::Block EventLog::nextBlock()
{
    return m_prepared.valid() ? m_prepared.get() : makeBlock();
}

void EventLog::append(quint16 process, std::span<const net::wire::EventRecord> events)
{
    while (!events.empty()) {
        const quint64 offset = m_end % blockSize;
        Block &block = m_blocks[m_end / blockSize % m_blocks.size()];
        const Block &following = m_blocks[(m_end / blockSize + 1) % m_blocks.size()];
        if (!block)
            block = nextBlock();
        const std::size_t count = std::min<std::size_t>(events.size(), blockSize - offset);
        LogRecord *out = block.get() + offset;
        for (const net::wire::EventRecord &event : events.first(count)) {
            *out++ = {.time = plausible(event.time),
                      .subject = event.subject,
                      .a = event.a,
                      .b = event.b,
                      .flags = event.flags,
                      .process = process,
                      .kind = static_cast<quint8>(std::min<quint16>(static_cast<quint16>(event.kind), 255)),
                      .state = static_cast<quint8>(event.state)};
        }
        events = events.subspan(count);
        m_end += count;
        if (offset + count > blockSize / 2 && !following)
            prepareBlock();
    }
    if (m_end - m_begin > capacity()) {
        m_overwritten += m_end - m_begin - capacity();
        m_begin = m_end - capacity();
    }
}

quint64 EventLog::memory() const
{
    const auto used = std::ranges::count_if(m_blocks, [](const Block &block) { return block != nullptr; });
    return (static_cast<quint64>(used) + (m_prepared.valid() ? 1 : 0)) * blockBytes;
}

LogRecord EventLog::at(quint64 number) const
{
    if (number < m_begin || number >= m_end)
        return {};
    return m_blocks[number / blockSize % m_blocks.size()][number % blockSize];
}

std::span<const LogRecord> EventLog::run(quint64 number) const
{
    if (number < m_begin || number >= m_end)
        return {};
    const Block &block = m_blocks[number / blockSize % m_blocks.size()];
    const quint64 offset = number % blockSize;
    return {block.get() + offset, static_cast<std::size_t>(std::min(m_end - number, blockSize - offset))};
}

} // namespace inspector
