#pragma once
#include <QString>

namespace inspector {

void printOut(const QString &text);
/// "net-inspector: text" and a line's end, on the error output.
void printError(const QString &text);

} // namespace inspector
