#include "inspector/session/framechanges.h"

namespace inspector {

ChangeList::Entry &ChangeList::entry(int row)
{
    const auto index = static_cast<std::size_t>(row);
    if (index >= m_entries.size())
        m_entries.resize(index + 1, Entry::None);
    return m_entries[index];
}

void ChangeList::add(int row)
{
    Entry &at = entry(row);
    if (at == Entry::None)
        m_touched.push_back(row);
    at = Entry::Added;
}

void ChangeList::change(int row)
{
    Entry &at = entry(row);
    if (at != Entry::None)
        return;
    m_touched.push_back(row);
    at = Entry::Changed;
}

void ChangeList::remove(int row)
{
    Entry &at = entry(row);
    if (at == Entry::None)
        m_touched.push_back(row);
    // Added and removed within a frame: whoever shows rows has never heard of it, and ignores the removal.
    at = Entry::Removed;
}

FrameChanges ChangeList::take()
{
    FrameChanges changes;
    for (const int row : m_touched) {
        Entry &at = entry(row);
        if (at == Entry::Added)
            changes.added.push_back(row);
        else if (at == Entry::Changed)
            changes.changed.push_back(row);
        else if (at == Entry::Removed)
            changes.removed.push_back(row);
        at = Entry::None;
    }
    m_touched.clear();
    return changes;
}

} // namespace inspector
