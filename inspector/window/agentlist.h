#pragma once
#include <QString>

namespace inspector {

/// The table that --list prints: the agents that meet in \a directory, or that there are none and why.
QString agentList(const QString &directory);

} // namespace inspector
