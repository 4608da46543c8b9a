#pragma once
#include "inspector/models/objecttext.h"

#include <QVariant>

namespace inspector {

/// The columns of the table of objects.
enum class Column : quint8 {
    Name,
    Process,
    Kind,
    State,
    Local,
    Remote,
    Received,
    Sent,
    RateIn,
    RateOut,
    Queue,
    Age,
    Idle,
    Error,
};
inline constexpr int columnCount = static_cast<int>(Column::Error) + 1;

/// What a cell says beside its text; see ObjectModel::data().
enum CellRole {
    ToneRole = Qt::UserRole + 1, ///< Tone
    FillRole,                    ///< 0..1 and beyond: how full the write queue is; invalid without a queue
    MarkRole,                    ///< RowMark
    MarkStrengthRole,            ///< 1 when it is fresh, down to 0
    KeyRole,                     ///< SubjectKey
    KindRole,                    ///< RowKind
};

/// What the eye is led to in a row.
enum class RowMark : quint8 { None, Added, Changed, Closed };

/// The columns as they are named on a command line, in their order.
QStringList columnWords();
QString columnTitle(Column column);
/// What the column means, for tool tips.
QString columnHelp(Column column);
bool isNumeric(Column column);
/// True if the order by this column may change with every frame.
bool isVolatile(Column column);

QString cellText(const ObjectTable &table, int row, Column column, qint64 now);
Tone cellTone(const ObjectTable &table, int row, Column column);
/// Where a row stands in a volatile column, as a number: a small one comes first.
quint64 cellRank(const ObjectTable &table, int row, Column column);
/// The order of two rows in a column: below 0, 0, above 0.
int compareCells(const ObjectTable &table, int a, int b, Column column);

} // namespace inspector

Q_DECLARE_METATYPE(inspector::SubjectKey)
