#pragma once
#include "inspector/session/records.h"

#include <QString>

#include <functional>

namespace inspector {

/// What a session saw, as a table of plain text for a terminal.
struct Report
{
    QString text = {};
    int processes = 0;
    int servers = 0;
    int connections = 0;
    quint64 received = 0; ///< bytes of all processes, or of the sockets that pass
    quint64 sent = 0;
};

/// All of it, or what \a passes lets pass, below what it belongs to.
Report reportOf(const Records &records, const std::function<bool(int row)> &passes = {});

/// \a rows in columns, the first row being the head; \a numeric columns are aligned to the right.
QString textTable(const QList<QStringList> &rows, const QSet<int> &numeric);

} // namespace inspector
