#pragma once
#include "inspector/models/filterfields.h"

#include <QList>

#include <functional>

namespace inspector {

/// What could stand at the cursor of a filter that is being typed.
struct FilterCompletion
{
    struct Candidate
    {
        QString text; ///< what is put there
        QString help;
    };
    /// Values of a field that were seen and contain a text.
    using Seen = std::function<QStringList(Field field, const QString &part)>;

    int start = 0;  ///< what is replaced begins here
    int length = 0; ///< and ends at the cursor
    QList<Candidate> candidates = {};
    bool isAsked = false; ///< something was begun: not only all there is

    static FilterCompletion at(const QString &text, int cursor, const Seen &seen);
};

} // namespace inspector
