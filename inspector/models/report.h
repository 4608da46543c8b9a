#pragma once
#include "inspector/session/records.h"

#include <QString>

namespace inspector {

/// What a session saw, as a table of plain text for a terminal.
struct Report
{
    QString text = {};
    int processes = 0;
    int servers = 0;
    int connections = 0;
    quint64 received = 0; ///< bytes of all processes
    quint64 sent = 0;
};

Report reportOf(const Records &records);

/// \a rows in columns, the first row being the head; \a numeric columns are aligned to the right.
QString textTable(const QList<QStringList> &rows, const QSet<int> &numeric);

} // namespace inspector
