#pragma once
#include "libnet/agent/modulelist.h"
#include "libnet/agent/stackstore.h"

#include <QList>

namespace net::agent {

/// The stacks as the agent's thread sees them: with the modules that their addresses lie in. These are looked for
/// soon after a stack was taken, since a plugin may be gone when an inspector comes.
class StackView
{
public:
    explicit StackView(StackStore &store) : m_store(store) {}

    /// Looks at the stacks that were taken since.
    void collect();
    /// How many have been looked at.
    quint32 count() const { return quint32(m_begins.size()); }
    QList<wire::StackFrameRecord> frames(quint32 stack) const;
    const std::vector<wire::Module> &modules() const { return m_modules.numbered(); }
    /// One more inspector wants stacks to be taken, or one less.
    void want(bool on) { m_store.want(on); }
    quint64 lost() const { return m_store.lost(); }
    quint64 bytes() const { return m_store.bytes(); }

private:
    StackStore &m_store;
    ModuleList m_modules;
    std::vector<quint16> m_moduleOf; ///< of each address of each stack, one after the other
    std::vector<quint32> m_begins;   ///< of each stack in these
};

} // namespace net::agent
