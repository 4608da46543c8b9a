#include "inspector/models/callframes.h"

#include "inspector/symbols/functionname.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace inspector {

using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::CallFrames)
};

// Nobody looks for a mistake of theirs here.
bool isLibrary(const QString &module)
{
    static const QRegularExpression names(
        u"^(libLibNet|libQt[56]|libc\\.so|libc-|libstdc\\+\\+|libgcc_s|libm\\.so|libpthread|libglib-2|ld-linux|linux-vdso)"_s);
    return names.match(module).hasMatch();
}

// libnet inside of the application's own program, and what it has of others' headers.
bool isForeign(const CallFrame &frame)
{
    static const QRegularExpression functions(
        u"^(net::(Socket|Server|probe|foreign)::|net::(connect|inspect)$|QtPrivate::|std::|__gnu_cxx::|_start$)"_s);
    static const QRegularExpression files(u"/include/(c\\+\\+|.*/qt6|qt6)/|/libnet/((cluster|agent)/)?[a-z]+\\.h$"_s);
    return functions.match(frame.function).hasMatch() || files.match(frame.file).hasMatch();
}

QString problemText(DebugFile::Problem problem)
{
    switch (problem) {
    case DebugFile::Problem::Missing:
        return Texts::tr("the file is not there any more");
    case DebugFile::Problem::Changed:
        return Texts::tr("the file was changed since the application has loaded it");
    case DebugFile::Problem::Unable:
        return Texts::tr("this net-inspector was built without libdw, which reads symbols");
    case DebugFile::Problem::None:
        break;
    }
    return Texts::tr("the file has no symbol there");
}

/// Turns the addresses of one process into lines.
class Reading
{
public:
    Reading(const LiveView &view, Symbolizer &symbolizer, quint32 process)
        : m_stacks(view.session().records().stacks),
          m_symbolizer(symbolizer),
          m_process(process)
    {
        const ObjectTable &table = view.session().records().objects;
        const int row = table.find({process, 0});
        if (row >= 0 && view.session().isLive())
            m_pid = table.identity(row).pid;
    }

    CallSite site(const StackRecord &record) const
    {
        const auto frames = m_stacks.framesOf(m_process, record.stack);
        CallSite site{.call = record.call,
                      .time = record.time,
                      .isLost = frames.empty(),
                      .isCut = frames.size() >= mostStackFrames};
        for (const StackFrameRecord &frame : frames)
            site.frames += lines(frame);
        return site;
    }

private:
    QList<CallFrame> lines(const StackFrameRecord &record) const
    {
        const Module *const module = m_stacks.module(m_process, record.module);
        if (!module)
            return {{.function = u"0x"_s + QString::number(record.address, 16),
                     .signature = Texts::tr("it lies in no program or library that was known"),
                     .isKnown = true}};
        const quint64 address = record.address - module->record.base;
        const QString name = QFileInfo(module->path).fileName();
        CallFrame frame{.function = u"%1 + 0x%2"_s.arg(name, QString::number(address, 16)),
                        .module = name,
                        .isOwn = !isLibrary(name)};
        const Symbols *const symbols =
            m_symbolizer.find({.path = module->path, .buildId = module->buildId, .pid = m_pid}, address);
        if (!symbols) {
            frame.signature = Texts::tr("its name is being looked for");
            return {frame};
        }
        frame.isKnown = true;
        if (symbols->places.isEmpty()) {
            frame.signature = u"%1: %2"_s.arg(module->path, problemText(symbols->problem));
            return {frame};
        }
        QList<CallFrame> frames;
        for (const SourcePlace &place : symbols->places) {
            CallFrame named = frame;
            if (!place.function.isEmpty()) {
                named.function = shortName(place.function);
                named.signature = place.function;
            }
            named.file = place.file;
            named.line = place.line;
            named.isInlined = place.isInlined;
            named.isOwn = frame.isOwn && !isForeign(named);
            frames.append(named);
        }
        return frames;
    }

    const CallStacks &m_stacks;
    Symbolizer &m_symbolizer;
    quint32 m_process;
    qint64 m_pid = 0;
};

} // namespace

QString CallFrame::place() const
{
    if (file.isEmpty())
        return {};
    const QString name = QFileInfo(file).fileName();
    return line > 0 ? u"%1:%2"_s.arg(name).arg(line) : name;
}

qsizetype CallSite::own() const
{
    const auto found = std::ranges::find_if(frames, &CallFrame::isOwn);
    return found == frames.end() ? -1 : found - frames.begin();
}

QList<CallSite> callSitesOf(const LiveView &view, Symbolizer &symbolizer, SubjectKey key)
{
    const Reading reading(view, symbolizer, key.process);
    QList<CallSite> sites;
    for (const StackRecord &call : view.session().records().stacks.callsOf(key))
        sites.append(reading.site(call));
    return sites;
}

std::optional<CallSite> callSiteOf(const LiveView &view, Symbolizer &symbolizer, SubjectKey key, Call call)
{
    const auto calls = view.session().records().stacks.callsOf(key);
    const auto found = std::ranges::find(calls, call, &StackRecord::call);
    if (found == calls.end())
        return {};
    return Reading(view, symbolizer, key.process).site(*found);
}

} // namespace inspector
