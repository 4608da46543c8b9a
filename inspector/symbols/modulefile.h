#pragma once
#include "inspector/symbols/debugfile.h"

namespace inspector {

/// A program or library as a process has loaded it: enough to find the file that it was loaded from.
struct ModuleFile
{
    QString path = {};
    QByteArray buildId = {};
    qint64 pid = 0; ///< of a process that has loaded it and may still be there; 0: none

    /// Tells it from all others, whoever has loaded it.
    QByteArray key() const;
    /// The file, wherever it is now: under its name, under the one that it has for the process, or, if it was replaced,
    /// as what the process runs.
    std::unique_ptr<DebugFile> open() const;
};

} // namespace inspector
