#pragma once
#include "inspector/session/objecttable.h"

#include <map>

namespace inspector {

/// The addresses on which several processes of one family listen. Each gets a row of its own under the process that
/// forked the others; the servers stand below it, and it carries their sums.
class SharedListeners
{
public:
    explicit SharedListeners(ObjectTable &objects) : m_objects(objects) {}

    /// Brings the rows in line with who listens; called once a frame.
    void update(qint64 now);

private:
    using Place = std::pair<quint32, QString>; ///< the family's first process, the address
    using Rows = std::vector<int>;

    quint32 familyOf(int row) const;
    std::map<Place, Rows> listening() const;
    bool isLive(SubjectKey listener) const;
    void sum(int listener, const Rows &servers);

    ObjectTable &m_objects;
    std::map<Place, SubjectKey> m_listeners;
    quint64 m_last = 0;
};

} // namespace inspector
