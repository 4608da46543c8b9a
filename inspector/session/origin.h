#pragma once
#include <QDateTime>
#include <QString>

namespace inspector {

/// Where a recording comes from, and how much of it there is.
struct Origin
{
    QString file = {};
    QString host = {};     ///< the machine it was made on
    QString software = {}; ///< that has made it
    QDateTime from = {};
    QDateTime to = {};
    quint64 events = 0;    ///< in the file
    quint64 forgotten = 0; ///< of these, the oldest that there was no room for
    QString problem = {};  ///< why not all of it could be read; empty if it could
};

} // namespace inspector
