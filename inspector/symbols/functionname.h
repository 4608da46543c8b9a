#pragma once
#include <QString>

namespace inspector {

/// "net::Socket::connectTo(int, QString const&)" for what a linker calls it; \a symbol itself if it has no such name.
QString demangled(const char *symbol);
/// The same without what it takes and returns: "net::Socket::connectTo", "Fetcher::start()::{lambda()#1}::operator()".
QString shortName(const QString &function);

} // namespace inspector
