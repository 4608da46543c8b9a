#include "inspector/window/terminal.h"

#include "inspector/models/strangetext.h"

#include <cstdio>

namespace inspector {

void printOut(const QString &text)
{
    std::fputs(withoutControls(text, true).toUtf8().constData(), stdout);
    std::fflush(stdout);
}

void printError(const QString &text)
{
    std::fprintf(stderr, "net-inspector: %s\n", withoutControls(text, true).toUtf8().constData());
}

} // namespace inspector
