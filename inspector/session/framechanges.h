#pragma once
#include <QtGlobal>

#include <vector>

namespace inspector {

/// The rows that are new, different or shown no more since the frame before. A row stands in one list at most.
struct FrameChanges
{
    std::vector<int> added = {};
    std::vector<int> changed = {};
    std::vector<int> removed = {};

    bool isEmpty() const { return added.empty() && changed.empty() && removed.empty(); }
};

/// Collects the changes of one frame, each row once.
class ChangeList
{
public:
    void add(int row);
    void change(int row);
    void remove(int row);
    FrameChanges take();

private:
    enum class Entry : quint8 { None, Added, Changed, Removed };
    Entry &entry(int row);

    std::vector<Entry> m_entries; ///< by row
    std::vector<int> m_touched;
};

} // namespace inspector
