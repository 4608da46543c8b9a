#pragma once
#include "inspector/session/subjectkey.h"

#include <vector>

namespace inspector {

/// A visible row of the table or tree: where it stands, and which row of the records it shows.
struct ObjectNode
{
    ObjectNode *parent = nullptr; ///< null: the root itself
    std::vector<ObjectNode *> children = {};
    SubjectKey key = {};
    int row = -1;        ///< of the records
    int place = 0;       ///< among the parent's children
    bool doomed = false; ///< about to be removed

    /// Writes the children's places down again, from \a first on.
    void number(std::size_t first = 0)
    {
        for (std::size_t i = first; i < children.size(); ++i)
            children[i]->place = static_cast<int>(i);
    }
};

} // namespace inspector
