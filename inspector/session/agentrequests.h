#pragma once
#include "inspector/session/link.h"
#include "inspector/session/objecttable.h"

#include <QSet>

namespace inspector {

/// What is wanted of one agent, and told it again after each new connection.
class AgentRequests
{
public:
    /// To the agent of \a process in \a objects, by \a link; both must outlive it.
    AgentRequests(Link &link, const ObjectTable &objects, quint32 process)
        : m_link(link),
          m_objects(objects),
          m_process(process)
    {
    }

    /// The payload of \a subject, or of none for 0.
    void capture(quint64 subject);
    /// The payload of every socket, those to come included; or only that of capture() again.
    void captureAll(bool all);
    /// What the kernel knows of \a subjects, and of no others.
    void watchKernel(const QSet<quint64> &subjects);
    /// How long slots take; or no longer.
    void timeSlots(bool on);
    /// The stacks of what is called from now on; or no longer.
    void takeStacks(bool takes);

    /// There is a new connection.
    void repeat();
    /// There is a socket that was not there before.
    void include(quint64 socket);
    /// The agent has answered.
    void answered(const net::wire::CaptureRecord &capture);
    /// The agent captures all by itself, from the first byte of a new socket on.
    bool isCapturingAll() const { return m_agentCapturesAll; }
    /// It is attached, and its agent knows nothing of stacks.
    bool isTooOldForStacks() const
    {
        return m_link.state() == Link::State::Attached && !m_link.speaks(net::wire::stackVersion);
    }

private:
    void watchAll();

    Link &m_link;
    const ObjectTable &m_objects;
    const quint32 m_process;
    QSet<quint64> m_watched;
    quint64 m_captured = 0;
    bool m_capturesAll = false;
    bool m_agentCapturesAll = false;
    bool m_timesSlots = false;
    bool m_takesStacks = false;
};

} // namespace inspector
