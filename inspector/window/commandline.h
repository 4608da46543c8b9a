#pragma once
#include "inspector/models/objectcolumns.h"
#include "inspector/views/theme.h"

#include <QStringList>

#include <chrono>
#include <optional>

namespace inspector {

/// What was asked for on the command line.
struct CommandLine
{
    enum class Request : quint8 { Window, List, Help, Version, Error };

    Request request = Request::Window;
    QString text = {};                                    ///< the help, or what is wrong
    QString open = {};                                    ///< a recording to look at, instead of what is alive
    QString compare = {};                                 ///< another recording, to print the counts of both
    QList<qint64> pids = {};                              ///< empty: attach to everyone
    std::optional<std::chrono::milliseconds> length = {}; ///< run for so long
    QString screenshot = {};                              ///< where to leave a picture at the end
    QStringList exports = {};                             ///< files to write at the end
    QString record = {};                                  ///< file to write what happens to
    std::optional<quint16> metrics = {};                  ///< port to serve the counters on
    bool print = false;                                   ///< the table, at the end
    bool requireData = false;
    bool measure = false;             ///< what the window costs, at the end
    std::optional<quint64> keep = {}; ///< events
    std::optional<Column> sort = {};
    std::optional<Theme> theme = {};
    QString filter = {};
    QString view = {}; ///< the one to bring to the front; see views()

    bool needsWindow() const
    {
        const bool isSilent = print || !exports.isEmpty() || !record.isEmpty() || !compare.isEmpty() || metrics;
        return request == Request::Window && (!isSilent || measure || !screenshot.isEmpty());
    }
    /// Something is to be left or judged at the end.
    bool hasVerdict() const
    {
        return length || print || requireData || measure || !screenshot.isEmpty() || !exports.isEmpty() ||
               !record.isEmpty() || !compare.isEmpty() || metrics;
    }

    /// Those that can be brought to the front.
    static QStringList views();
    static CommandLine parse(const QStringList &arguments);
};

/// "500ms", "10s", "2m"; nothing for anything else, or for no time at all.
std::optional<std::chrono::milliseconds> parseLength(const QString &text);

} // namespace inspector
