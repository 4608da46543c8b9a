#include "inspector/window/terminal.h"

#include "inspector/models/strangetext.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace inspector {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Terminal)
};

int trouble = 0; ///< the error number of what could not be printed first

} // namespace

void printOut(const QString &text)
{
    const bool isOut = std::fputs(withoutControls(text, true).toUtf8().constData(), stdout) >= 0;
    if ((!isOut || std::fflush(stdout) != 0) && !trouble)
        trouble = errno;
}

int codeAfterPrinting(int code)
{
    if (!trouble)
        return code;
    printError(
        Texts::tr("what was asked for could not be printed: %1").arg(QString::fromLocal8Bit(std::strerror(trouble))));
    return code ? code : 1;
}

void printError(const QString &text)
{
    std::fprintf(stderr, "net-inspector: %s\n", withoutControls(text, true).toUtf8().constData());
}

} // namespace inspector
