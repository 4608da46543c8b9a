#pragma once
#include <QList>
#include <QString>

namespace bench {

/// A line of the inspector's table: what was to be, and what is.
struct Figure
{
    enum class Verdict {
        None,   ///< no goal
        Met,    //
        Missed, ///< another machine, or another time, may meet it
        Broken, ///< it has to be so on every machine
        Failed, ///< it could not be measured
    };

    QString what;
    QString goal;
    QString measured;
    Verdict verdict = Verdict::None;
};

/// Figures that were measured together.
struct FigureGroup
{
    QString title;
    QList<Figure> figures;
};

} // namespace bench
