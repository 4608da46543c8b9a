#include "inspector/models/objecttext.h"

#include "inspector/models/units.h"

#include <QCoreApplication>

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::CounterRecord;
using net::wire::State;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Objects)
};

QString processState(State state)
{
    switch (state) {
    case State::Connecting:
        return Texts::tr("attaching");
    case State::Open:
        return Texts::tr("attached");
    case State::Closed:
        return Texts::tr("ended");
    default:
        return Texts::tr("detached");
    }
}

QString plainState(State state)
{
    switch (state) {
    case State::Idle:
        return Texts::tr("idle");
    case State::Resolving:
        return Texts::tr("resolving");
    case State::Connecting:
        return Texts::tr("connecting");
    case State::Open:
        return Texts::tr("open");
    case State::ReadEnded:
        return Texts::tr("read ended");
    case State::WriteEnded:
        return Texts::tr("write ended");
    case State::Closed:
        return Texts::tr("closed");
    case State::Listening:
        return Texts::tr("listening");
    case State::Closing:
        return Texts::tr("closing");
    }
    return Texts::tr("state %1").arg(static_cast<int>(state));
}

} // namespace

QString rowName(const ObjectTable &table, int row)
{
    const QString &name = table.texts(row).name;
    return name.isEmpty() ? u'#' + QString::number(table.identity(row).key.subject) : name;
}

QString rowTitle(const ObjectTable &table, int row)
{
    const RowIdentity &identity = table.identity(row);
    if (identity.kind == RowKind::Listener)
        return Texts::tr("%1 (shared listener)").arg(rowName(table, row));
    // What tells workers apart comes first: it is what a narrow column shows.
    if (identity.kind == RowKind::Process && identity.worker)
        return Texts::tr("worker %1 (%2): %3").arg(identity.worker).arg(identity.pid).arg(rowName(table, row));
    if (identity.kind == RowKind::Process)
        return u"%1 (%2)"_s.arg(rowName(table, row), QString::number(identity.pid));
    return table.texts(row).name.isEmpty() ? kindText(identity.kind) + u' ' + rowName(table, row)
                                           : u"%1 (%2)"_s.arg(rowName(table, row), kindText(identity.kind));
}

QString processName(const ObjectTable &table, quint32 process)
{
    const int row = table.find({process, 0});
    if (row < 0)
        return {};
    const quint32 worker = table.identity(row).worker;
    return worker ? Texts::tr("worker %1: %2").arg(QString::number(worker), rowName(table, row)) : rowName(table, row);
}

QString sharerName(const ObjectTable &table, int row)
{
    const int process = table.processOf(row);
    if (process < 0)
        return rowName(table, row);
    const RowIdentity &identity = table.identity(process);
    return identity.worker
               ? Texts::tr("worker %1 (%2): %3").arg(identity.worker).arg(identity.pid).arg(rowName(table, row))
               : Texts::tr("%1: %2").arg(rowTitle(table, process), rowName(table, row));
}

QString kindText(RowKind kind)
{
    switch (kind) {
    case RowKind::Process:
        return Texts::tr("process");
    case RowKind::Listener:
        return Texts::tr("shared");
    case RowKind::Server:
        return Texts::tr("server");
    case RowKind::Accepted:
        return Texts::tr("accepted");
    case RowKind::Client:
        return Texts::tr("client");
    case RowKind::Adopted:
        return Texts::tr("adopted");
    }
    return {};
}

QString flagsText(quint32 flags)
{
    QStringList words;
    if (flags & net::wire::Armed)
        words += Texts::tr("⚡ fault armed");
    if (flags & net::wire::HeldByOrder)
        words += Texts::tr("paused by an inspector");
    else if (flags & net::wire::Paused)
        words += Texts::tr("paused");
    if (flags & net::wire::NeedsDrain)
        words += Texts::tr("waits for drain");
    if (flags & net::wire::Ending)
        words += Texts::tr("ending");
    return words.join(u", "_s);
}

QString stateText(const ObjectTable &table, int row)
{
    const State state = table.counters(row).state;
    const RowIdentity &identity = table.identity(row);
    if (identity.kind == RowKind::Process)
        return processState(state);
    // The application is gone, and nobody is left to say how its objects ended.
    if (identity.goneAt && state != State::Closed)
        return Texts::tr("gone");
    if (identity.life != RowLife::Live && state != State::Closed)
        return Texts::tr("not watched");
    const QString flags = state == State::Closed ? QString() : flagsText(table.counters(row).flags);
    return flags.isEmpty() ? plainState(state) : plainState(state) + u" · "_s + flags;
}

Tone stateTone(const ObjectTable &table, int row)
{
    const CounterRecord &counters = table.counters(row);
    const bool isProcess = table.identity(row).kind == RowKind::Process;
    if (table.identity(row).life != RowLife::Live)
        return counters.flags & net::wire::Failed ? Tone::Bad : Tone::Dim;
    if (!isProcess && counters.flags & net::wire::Armed)
        return Tone::Bad;
    if (isProcess && !table.texts(row).error.isEmpty())
        return Tone::Bad;
    switch (counters.state) {
    case State::Open:
    case State::Listening:
        return !isProcess && (counters.flags & (net::wire::Paused | net::wire::NeedsDrain)) ? Tone::Warning
                                                                                            : Tone::Good;
    case State::ReadEnded:
    case State::WriteEnded:
    case State::Connecting:
    case State::Resolving:
    case State::Closing:
        return Tone::Warning;
    default:
        return Tone::Dim;
    }
}

QString remoteText(const ObjectTable &table, int row)
{
    const CounterRecord &counters = table.counters(row);
    switch (table.identity(row).kind) {
    case RowKind::Listener:
    case RowKind::Server:
        return counters.dropped ? Texts::tr("%1 open, %2 accepted, %3 dropped")
                                      .arg(countText(counters.connections), countText(counters.accepted),
                                           countText(counters.dropped))
                                : Texts::tr("%1 open, %2 accepted")
                                      .arg(countText(counters.connections), countText(counters.accepted));
    case RowKind::Process: {
        const QString sockets = counters.connections == 1
                                    ? Texts::tr("1 socket")
                                    : Texts::tr("%1 sockets").arg(countText(counters.connections));
        const int workers = table.workersOf(row);
        return workers == 0   ? sockets
               : workers == 1 ? Texts::tr("%1, 1 worker").arg(sockets)
                              : Texts::tr("%1, %2 workers").arg(sockets, countText(static_cast<quint64>(workers)));
    }
    default:
        return table.texts(row).remote;
    }
}

QString queueText(const ObjectTable &table, int row)
{
    const CounterRecord &counters = table.counters(row);
    if (!counters.queued)
        return {};
    return counters.highWaterMark
               ? Texts::tr("%1 of %2").arg(bytesText(counters.queued), bytesText(counters.highWaterMark))
               : bytesText(counters.queued);
}

qint64 ageOf(const ObjectTable &table, int row, qint64 now)
{
    const RowIdentity &identity = table.identity(row);
    return (identity.goneAt ? identity.goneAt : now) - identity.createdAt;
}

qint64 idleOf(const ObjectTable &table, int row, qint64 now)
{
    const qint64 last = table.counters(row).lastActivity;
    return last ? qMax<qint64>(0, now - last) : -1;
}

} // namespace inspector
