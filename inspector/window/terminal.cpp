#include "inspector/window/terminal.h"

#include <cstdio>

namespace inspector {

void printOut(const QString &text)
{
    std::fputs(text.toUtf8().constData(), stdout);
    std::fflush(stdout);
}

void printError(const QString &text)
{
    std::fprintf(stderr, "net-inspector: %s\n", text.toUtf8().constData());
}

} // namespace inspector
