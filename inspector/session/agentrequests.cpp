#include "inspector/session/agentrequests.h"

#include <utility>

namespace inspector {

using namespace net::wire;

void AgentRequests::repeat()
{
    m_agentCapturesAll = false;
    if (m_capturesAll)
        m_link.capture(everySocket, true);
    if (m_captured)
        m_link.capture(m_captured, true);
    watchKernel(std::exchange(m_watched, {}));
    if (m_timesSlots || m_takesStacks)
        watchAll();
}

void AgentRequests::include(quint64 socket)
{
    if (m_capturesAll && !m_agentCapturesAll)
        m_link.capture(socket, true);
}

void AgentRequests::answered(const CaptureRecord &capture)
{
    if (capture.subject == everySocket)
        m_agentCapturesAll = capture.known && capture.on;
}

void AgentRequests::captureAll(bool all)
{
    if (std::exchange(m_capturesAll, all) == all)
        return;
    m_link.capture(everySocket, all);
    // One by one as well: an agent of an earlier version knows nothing else.
    for (int row = 0; row < m_objects.size(); ++row) {
        const RowIdentity &identity = m_objects.identity(row);
        if (isSocket(identity.kind) && identity.key.process == m_process && identity.life == RowLife::Live)
            m_link.capture(identity.key.subject, all || identity.key.subject == m_captured);
    }
}

void AgentRequests::capture(quint64 subject)
{
    if (subject == m_captured)
        return;
    if (m_captured && !m_capturesAll)
        m_link.capture(m_captured, false);
    m_captured = subject;
    if (m_captured && !m_capturesAll)
        m_link.capture(m_captured, true);
}

void AgentRequests::watchKernel(const QSet<quint64> &subjects)
{
    QList<WatchRecord> wanted;
    for (const quint64 subject : subjects)
        if (!m_watched.contains(subject))
            wanted.append({.subject = subject, .what = WatchedKernel});
    for (const quint64 subject : std::as_const(m_watched))
        if (!subjects.contains(subject))
            wanted.prepend({.subject = subject}); // first: there is a limit
    m_watched = subjects;
    m_link.watch(wanted);
}

void AgentRequests::timeSlots(bool on)
{
    if (std::exchange(m_timesSlots, on) != on)
        watchAll();
}

void AgentRequests::takeStacks(bool takes)
{
    if (std::exchange(m_takesStacks, takes) != takes)
        watchAll();
}

// One record says all that is wanted of every subject.
void AgentRequests::watchAll()
{
    const quint32 timing = m_timesSlots ? WatchedSlots : 0U;
    const quint32 stacks = m_takesStacks ? WatchedStacks : 0U;
    if (m_link.speaks(slotsVersion))
        m_link.watch({{.subject = everySocket, .what = timing | stacks}});
}

} // namespace inspector
