#include "libnet/probe/agentloader.h"

#include <QFile>
#include <QFileInfo>
#include <QLibrary>

#include <atomic>
#include <cstdlib>
#include <dlfcn.h>

using namespace Qt::StringLiterals;

namespace net::probe {

namespace {

using StartFunction = const char *(*)();

constexpr auto libraryName = "LibNetAgent"_L1;

// Where the library lies that this very function is in.
QString ownDirectory()
{
    Dl_info info{};
    if (::dladdr(reinterpret_cast<const void *>(&loadAgentIfAsked), &info) == 0 || !info.dli_fname)
        return {};
    return QFileInfo(QFile::decodeName(info.dli_fname)).absolutePath();
}

void load()
{
    // Not the environment of somebody who may not debug this process, a setuid program for instance.
    if (QByteArrayView(::secure_getenv("LIBNET_INSPECT")) != "1")
        return;
    QLibrary library;
    // Its thread runs until the process ends, so it must never be unloaded.
    library.setLoadHints(QLibrary::PreventUnloadHint);
    QString errors;
    for (const QString &name : {ownDirectory() + u'/' + libraryName, QString(libraryName)}) {
        library.setFileNameAndVersion(name, QStringLiteral(LIBNET_SOVERSION));
        if (library.load())
            break;
        errors += u"\n  "_s + library.errorString();
    }
    if (!library.isLoaded()) {
        qWarning("LIBNET_INSPECT: the agent cannot be loaded:%s", qUtf8Printable(errors));
        return;
    }
    const auto start = reinterpret_cast<StartFunction>(library.resolve("libnet_agent_start"));
    if (!start) {
        qWarning("LIBNET_INSPECT: %s is no agent", qUtf8Printable(library.fileName()));
        return;
    }
    if (const char *reason = start())
        qWarning("LIBNET_INSPECT: the agent does not start: %s", reason);
}

} // namespace

void loadAgentIfAsked()
{
    static std::atomic<bool> done = false;
    if (done.load(std::memory_order_relaxed) || done.exchange(true, std::memory_order_relaxed))
        return;
    load();
}

} // namespace net::probe
