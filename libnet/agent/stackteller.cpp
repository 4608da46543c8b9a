#include "libnet/agent/stackteller.h"

namespace net::agent {

void StackTeller::want(bool on)
{
    if (std::exchange(m_wants, on && m_isUnderstood) != m_wants)
        m_stacks.want(m_wants);
}

void StackTeller::add(const LedgerEntry &entry)
{
    const CallList *const calls = entry.calls.load(std::memory_order_acquire);
    if (!calls || !m_isUnderstood)
        return;
    for (std::size_t i = 0; i < calls->size(); ++i) {
        const auto &made = calls->at(i);
        const qint64 time = made.time.load(std::memory_order_relaxed);
        const quint32 stack = made.stack.load(std::memory_order_relaxed);
        // One that is newer than the last look comes with the next, which will find the entry changed.
        if (time != 0 && stack <= m_stacks.count())
            m_added.append({.subject = entry.id, .time = time, .stack = stack, .call = wire::Call(i + 1)});
    }
}

void StackTeller::tell(QByteArray &out, qint64 now)
{
    if (m_added.isEmpty())
        return;
    const auto &modules = m_stacks.modules();
    wire::encode(out, std::span(modules).subspan(m_toldModules), now);
    m_toldModules = modules.size();
    for (const wire::StackRecord &call : std::as_const(m_added))
        tellStack(out, call.stack, now);
    wire::encode(out, std::span(m_added.constData(), std::size_t(m_added.size())), now);
    m_added.clear();
}

void StackTeller::tellStack(QByteArray &out, quint32 stack, qint64 now)
{
    if (m_told.size() <= stack)
        m_told.resize(stack + 1);
    if (stack == 0 || m_told[stack])
        return;
    m_told[stack] = true;
    const QList<wire::StackFrameRecord> frames = m_stacks.frames(stack);
    wire::encode(out, std::span(frames.constData(), std::size_t(frames.size())), now);
}

} // namespace net::agent
