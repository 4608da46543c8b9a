#pragma once
#include <QString>

namespace inspector {

void printOut(const QString &text);
/// The code to end with, which was to be \a code: not 0, and the reason on the error output, if not everything could be
/// printed.
int codeAfterPrinting(int code);
/// "net-inspector: text" and a line's end, on the error output.
void printError(const QString &text);

} // namespace inspector
