#include "inspector/symbols/debugfile.h"

// In place of debugfile.cpp where there is no libdw.

namespace inspector {

class DebugFile::Reader
{
};

DebugFile::DebugFile(const QString &, const QByteArray &) : m_problem(Problem::Unable) {}

DebugFile::~DebugFile() = default;

QList<SourcePlace> DebugFile::placesOf(quint64) const
{
    return {};
}

} // namespace inspector
