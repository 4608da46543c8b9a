#pragma once
#include "libnet/agent/socketledger.h"
#include "libnet/agent/stackview.h"

namespace net::agent {

/// What one inspector was told of call stacks: each stack and each module once, before the first call that it is of.
class StackTeller
{
public:
    explicit StackTeller(StackView &stacks) : m_stacks(stacks) {}
    ~StackTeller() { want(false); }
    StackTeller(const StackTeller &) = delete;
    StackTeller &operator=(const StackTeller &) = delete;

    /// Nothing is told before that, since an older inspector would not know it.
    void begin(quint16 version) { m_isUnderstood = version >= wire::stackVersion; }
    /// The inspector wants stacks to be taken, or no longer.
    void want(bool on);
    /// What was called on \a entry is to be told.
    void add(const LedgerEntry &entry);
    /// Tells all that was added.
    void tell(QByteArray &out, qint64 now);

private:
    void tellStack(QByteArray &out, quint32 stack, qint64 now);

    StackView &m_stacks;
    QList<wire::StackRecord> m_added;
    std::vector<bool> m_told; ///< by stack
    std::size_t m_toldModules = 0;
    bool m_isUnderstood = false;
    bool m_wants = false;
};

} // namespace net::agent
