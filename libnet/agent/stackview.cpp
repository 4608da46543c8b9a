#include "libnet/agent/stackview.h"

namespace net::agent {

void StackView::collect()
{
    const quint32 taken = m_store.count();
    if (count() == taken)
        return;
    m_modules.look();
    while (count() < taken) {
        const std::vector<quint64> addresses = m_store.addresses(count() + 1);
        m_begins.push_back(quint32(m_moduleOf.size()));
        for (const quint64 address : addresses)
            m_moduleOf.push_back(quint16(m_modules.numberOf(address)));
    }
}

QList<wire::StackFrameRecord> StackView::frames(quint32 stack) const
{
    const std::vector<quint64> addresses = m_store.addresses(stack);
    QList<wire::StackFrameRecord> frames;
    for (std::size_t i = 0; i < addresses.size(); ++i)
        frames.append({.address = addresses[i],
                       .stack = stack,
                       .module = m_moduleOf[m_begins[stack - 1] + i],
                       .position = quint16(i)});
    return frames;
}

} // namespace net::agent
