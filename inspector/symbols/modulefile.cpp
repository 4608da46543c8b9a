#include "inspector/symbols/modulefile.h"

namespace inspector {

using namespace Qt::StringLiterals;

QByteArray ModuleFile::key() const
{
    return buildId.isEmpty() ? path.toUtf8() : buildId;
}

std::unique_ptr<DebugFile> ModuleFile::open() const
{
    auto file = std::make_unique<DebugFile>(path, buildId);
    if (file->problem() == DebugFile::Problem::None || pid == 0 || buildId.isEmpty())
        return file;
    // The build id says whether it is that one, and so also whether the process is still the same.
    for (const QString &other : {u"/proc/%1/root"_s.arg(pid) + path, u"/proc/%1/exe"_s.arg(pid)}) {
        auto found = std::make_unique<DebugFile>(other, buildId);
        if (found->problem() == DebugFile::Problem::None)
            return found;
    }
    return file;
}

} // namespace inspector
