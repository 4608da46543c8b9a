#include "inspector/models/lints.h"

#include "inspector/models/slowness.h"
#include "inspector/models/units.h"

#include <QCoreApplication>

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::CounterRecord;
using net::wire::State;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Lints)
};

constexpr qint64 second = 1'000'000'000;
// What takes no longer than this is a pause to think, not one that was forgotten.
constexpr qint64 patience = 10 * second;
// A connection over the network that was quiet for so long may be dead without anybody knowing.
constexpr qint64 quiet = 60 * second;
// clang-format off
constexpr LintInfo table[] = {
    {Lint::NeverClosed, Severity::Error, "never-closed", QT_TRANSLATE_NOOP("inspector::Lints", "never closed"),
     QT_TRANSLATE_NOOP("inspector::Lints", "The peer has ended, and this side stays open because half-open connections are allowed. Call end() in a slot of ended(), or leave allowHalfOpen off.")},
    {Lint::NoErrorHandler, Severity::Warning, "no-error-handler", QT_TRANSLATE_NOOP("inspector::Lints", "no error handler"),
     QT_TRANSLATE_NOOP("inspector::Lints", "Nobody would notice a reset or a refused connection. Connect a slot to errorOccurred().")},
    {Lint::DataLost, Severity::Error, "data-lost", QT_TRANSLATE_NOOP("inspector::Lints", "data lost"),
     QT_TRANSLATE_NOOP("inspector::Lints", "Bytes came while nobody listened, and are gone. Connect to data(), text() or readyRead() before the socket flows, or pause() it until then.")},
    {Lint::Paused, Severity::Warning, "paused", QT_TRANSLATE_NOOP("inspector::Lints", "paused and forgotten"),
     QT_TRANSLATE_NOOP("inspector::Lints", "Nothing is read while it is paused, and the peer is held up. Call resume() when there is room again; look for a way out of the pause that forgets it.")},
    {Lint::WriteAfterEnd, Severity::Error, "write-after-end", QT_TRANSLATE_NOOP("inspector::Lints", "write after end"),
     QT_TRANSLATE_NOOP("inspector::Lints", "What is written after end() is never sent. Ask writable() first, or stop the timer or signal that still writes.")},
    {Lint::DrainIgnored, Severity::Error, "drain-ignored", QT_TRANSLATE_NOOP("inspector::Lints", "drain never awaited"),
     QT_TRANSLATE_NOOP("inspector::Lints", "write() has returned false and is called all the same: the queue grows without bound. Stop until drain(), or use pipe(), which does so.")},
    {Lint::NoTimeout, Severity::Note, "no-timeout", QT_TRANSLATE_NOOP("inspector::Lints", "no timeout"),
     QT_TRANSLATE_NOOP("inspector::Lints", "A peer that vanishes without a word leaves this connection open for ever. Call setTimeout() and destroy() it on timeout(), or setKeepAlive().")},
    {Lint::NeverRead, Severity::Warning, "never-read", QT_TRANSLATE_NOOP("inspector::Lints", "accepted but never read"),
     QT_TRANSLATE_NOOP("inspector::Lints", "Nobody is connected to its data, so that its end is never noticed either. Connect to data() or readyRead(), or resume() to let it flow away, or destroy() it.")},
    {Lint::NoParent, Severity::Note, "no-parent", QT_TRANSLATE_NOOP("inspector::Lints", "socket without a parent"),
     QT_TRANSLATE_NOOP("inspector::Lints", "A member of another object is well kept; made with new, nobody deletes it. Give it a parent, or call setAutoDelete(true).")},
    {Lint::SlowSlot, Severity::Warning, "slow-slot", QT_TRANSLATE_NOOP("inspector::Lints", "slow slot"),
     QT_TRANSLATE_NOOP("inspector::Lints", "While a slot runs, no other connection of its thread is served and no window of it is drawn. Do the work in pieces or in another thread, or move the socket there by moveToThread().")},
};
// clang-format on

bool isOutside(const ObjectTable &table, int row)
{
    const QString &remote = table.texts(row).remote;
    return table.identity(row).family != net::wire::Family::Local && !remote.isEmpty() &&
           !remote.startsWith("127."_L1) && !remote.startsWith("[::1]"_L1) && !remote.startsWith("[::ffff:127."_L1);
}

} // namespace

QString LintInfo::titleText() const
{
    return Texts::tr(title);
}

QString LintInfo::adviceText() const
{
    return Texts::tr(advice);
}

std::span<const LintInfo> allLints()
{
    return table;
}

const LintInfo &infoOf(Lint lint)
{
    return table[static_cast<std::size_t>(lint)];
}

quint32 lintsOf(const ObjectTable &table, int row, qint64 now)
{
    const RowIdentity &identity = table.identity(row);
    if (!isSocket(identity.kind))
        return 0;
    const CounterRecord &counters = table.counters(row);
    const RowMarks &marks = table.marks(row);
    const RowTold &told = table.told(row);
    quint32 lints = 0;
    const auto add = [&](Lint lint, bool is) {
        lints |= is ? 1u << static_cast<int>(lint) : 0u;
    };
    // What was lost stays lost, also when the connection is over.
    add(Lint::DataLost, told.dataLost > 0);
    add(Lint::WriteAfterEnd, told.lateWrites > 0);
    add(Lint::SlowSlot, told.slowestSlot > slowSlot);
    const bool isOpen = counters.state == State::Open || counters.state == State::ReadEnded;
    if (identity.life != RowLife::Live)
        return lints;
    const auto has = [&](net::wire::Flag flag) {
        return bool(counters.flags & flag);
    };
    const qint64 idle = idleOf(table, row, now);
    const bool isQuiet = idle < 0 || idle > patience;
    add(Lint::NeverClosed,
        counters.state == State::ReadEnded && !has(net::wire::Ending) && isQuiet && now - marks.stateAt > patience);
    add(Lint::NoErrorHandler, has(net::wire::NoErrorHandler));
    // A reader that rests and goes on between two looks seems to be paused all the time.
    // pipe() goes on by itself, and who waits for drain may wait to go on.
    add(Lint::Paused, isOpen && marks.pausedAt && isQuiet && now - marks.pausedAt > patience &&
                          !has(net::wire::Piped) && !has(net::wire::NeedsDrain));
    add(Lint::DrainIgnored, isOpen && ignoresDrain(counters));
    add(Lint::NoTimeout, isOpen && !has(net::wire::HasTimeout) && isOutside(table, row) && idle > quiet);
    add(Lint::NeverRead, isOpen && identity.kind == RowKind::Accepted && has(net::wire::NoReceiver) &&
                             counters.received == 0 && now - identity.createdAt > patience);
    add(Lint::NoParent, has(net::wire::NoParent));
    return lints;
}

QString lintWords(quint32 lints)
{
    QStringList words;
    for (const LintInfo &info : table) {
        if (lints & (1u << static_cast<int>(info.lint)))
            words += QString::fromLatin1(info.word);
    }
    return words.join(u' ');
}

QString lintDetail(Lint lint, const ObjectTable &table, int row, qint64 now)
{
    const CounterRecord &counters = table.counters(row);
    const RowMarks &marks = table.marks(row);
    switch (lint) {
    case Lint::NeverClosed:
        return Texts::tr("the peer ended %1 ago").arg(spanText(now - marks.stateAt));
    case Lint::DataLost:
        return Texts::tr("%1 lost").arg(bytesText(table.told(row).dataLost));
    case Lint::Paused:
        return Texts::tr("for %1").arg(spanText(now - marks.pausedAt));
    case Lint::WriteAfterEnd:
        return Texts::tr("%1 times").arg(table.told(row).lateWrites);
    case Lint::DrainIgnored:
        return Texts::tr("%1 wait, the mark is %2").arg(bytesText(counters.queued), bytesText(counters.highWaterMark));
    case Lint::NoTimeout:
        return Texts::tr("quiet for %1").arg(spanText(idleOf(table, row, now)));
    case Lint::SlowSlot:
        return Texts::tr("took %1").arg(latencyText(table.told(row).slowestSlot));
    case Lint::NeverRead:
    case Lint::NoErrorHandler:
    case Lint::NoParent:
        break;
    }
    return Texts::tr("open for %1").arg(spanText(ageOf(table, row, now)));
}

Tone severityTone(Severity severity)
{
    return severity == Severity::Error ? Tone::Bad : severity == Severity::Warning ? Tone::Warning : Tone::In;
}

QString severityGlyph(Severity severity)
{
    return severity == Severity::Error ? u"✗"_s : severity == Severity::Warning ? u"⚠"_s : u"ℹ"_s;
}

} // namespace inspector
