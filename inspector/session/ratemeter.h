#pragma once
#include "inspector/session/objecttable.h"

namespace inspector {

/// Turns the counters of one process into bytes a second, by the agent's own clock: a late frame makes no spike.
/// Looks only at rows that move.
class RateMeter
{
public:
    /// The counters of \a row may have changed.
    void touch(int row);
    /// The counters are those of \a stamp; rates cover the time since the stamp before.
    void advance(ObjectTable &table, qint64 stamp);

private:
    struct Moving
    {
        int row;
        SubjectKey key; ///< the row's slot may have been given away
    };

    std::vector<int> m_touched;
    std::vector<Moving> m_moving;
    std::vector<bool> m_isMoving; ///< by row
    qint64 m_stamp = 0;
};

} // namespace inspector
