#include "inspector/models/objectcolumns.h"

#include "inspector/models/units.h"

#include <QCoreApplication>

#include <algorithm>
#include <bit>
#include <compare>
#include <limits>

namespace inspector {

namespace {

struct ColumnInfo
{
    const char *word;
    const char *title;
    const char *help;
    bool numeric;
    bool isVolatile;
};

// clang-format off
constexpr ColumnInfo columns[columnCount] = {
    {"name", QT_TRANSLATE_NOOP("inspector::Columns", "Name"), QT_TRANSLATE_NOOP("inspector::Columns", "Object name, or its number in the process"), false, false},
    {"process", QT_TRANSLATE_NOOP("inspector::Columns", "Process"), QT_TRANSLATE_NOOP("inspector::Columns", "Application it belongs to"), false, false},
    {"kind", QT_TRANSLATE_NOOP("inspector::Columns", "Kind"), QT_TRANSLATE_NOOP("inspector::Columns", "Server, accepted by a server, or client"), false, false},
    {"state", QT_TRANSLATE_NOOP("inspector::Columns", "State"), QT_TRANSLATE_NOOP("inspector::Columns", "State, and what else is true of it"), false, true},
    {"local", QT_TRANSLATE_NOOP("inspector::Columns", "Local"), QT_TRANSLATE_NOOP("inspector::Columns", "Local address or path"), false, false},
    {"remote", QT_TRANSLATE_NOOP("inspector::Columns", "Remote"), QT_TRANSLATE_NOOP("inspector::Columns", "Remote address or path; connections of a server"), false, false},
    {"received", QT_TRANSLATE_NOOP("inspector::Columns", "▼ Received"), QT_TRANSLATE_NOOP("inspector::Columns", "Bytes read from the system"), true, true},
    {"sent", QT_TRANSLATE_NOOP("inspector::Columns", "▲ Sent"), QT_TRANSLATE_NOOP("inspector::Columns", "Bytes that the system has taken"), true, true},
    {"in", QT_TRANSLATE_NOOP("inspector::Columns", "▼ In"), QT_TRANSLATE_NOOP("inspector::Columns", "Bytes received a second"), true, true},
    {"out", QT_TRANSLATE_NOOP("inspector::Columns", "▲ Out"), QT_TRANSLATE_NOOP("inspector::Columns", "Bytes sent a second"), true, true},
    {"queue", QT_TRANSLATE_NOOP("inspector::Columns", "Write queue"), QT_TRANSLATE_NOOP("inspector::Columns", "Bytes written and not sent, against the high-water mark"), true, true},
    {"age", QT_TRANSLATE_NOOP("inspector::Columns", "Age"), QT_TRANSLATE_NOOP("inspector::Columns", "Time since it was created"), true, false},
    {"idle", QT_TRANSLATE_NOOP("inspector::Columns", "Quiet for"), QT_TRANSLATE_NOOP("inspector::Columns", "Time since anything happened"), true, true},
    {"error", QT_TRANSLATE_NOOP("inspector::Columns", "Last error"), QT_TRANSLATE_NOOP("inspector::Columns", "What failed last"), false, false},
};
// clang-format on

const ColumnInfo &infoOf(Column column)
{
    return columns[static_cast<std::size_t>(column)];
}

template <typename Value>
int order(const Value &a, const Value &b)
{
    return a < b ? -1 : b < a ? 1 : 0;
}

} // namespace

QStringList columnWords()
{
    QStringList words;
    for (const ColumnInfo &column : columns)
        words += QString::fromLatin1(column.word);
    return words;
}

QString columnTitle(Column column)
{
    return QCoreApplication::translate("inspector::Columns", infoOf(column).title);
}

QString columnHelp(Column column)
{
    return QCoreApplication::translate("inspector::Columns", infoOf(column).help);
}

bool isNumeric(Column column)
{
    return infoOf(column).numeric;
}

bool isVolatile(Column column)
{
    return infoOf(column).isVolatile;
}

QString cellText(const ObjectTable &table, int row, Column column, qint64 now)
{
    const RowIdentity &identity = table.identity(row);
    const net::wire::CounterRecord &counters = table.counters(row);
    switch (column) {
    case Column::Name:
        return identity.kind == RowKind::Process ? rowTitle(table, row)
               : !identity.listener.isNull()     ? sharerName(table, row)
                                                 : rowName(table, row);
    case Column::Process:
        return processName(table, identity.key.process);
    case Column::Kind:
        return kindText(identity.kind);
    case Column::State:
        return stateText(table, row);
    case Column::Local:
        return table.texts(row).local;
    case Column::Remote:
        return remoteText(table, row);
    case Column::Received:
        return bytesText(counters.received);
    case Column::Sent:
        return bytesText(counters.sent);
    case Column::RateIn:
        return identity.life == RowLife::Live ? rateText(table.rates(row).in) : QString();
    case Column::RateOut:
        return identity.life == RowLife::Live ? rateText(table.rates(row).out) : QString();
    case Column::Queue:
        return queueText(table, row);
    case Column::Age:
        return spanText(ageOf(table, row, now));
    case Column::Idle: {
        const qint64 idle = idleOf(table, row, now);
        return idle < 0 ? QString() : spanText(idle);
    }
    case Column::Error:
        return table.texts(row).error;
    }
    return {};
}

Tone cellTone(const ObjectTable &table, int row, Column column)
{
    const net::wire::CounterRecord &counters = table.counters(row);
    const bool over = table.identity(row).life != RowLife::Live;
    switch (column) {
    case Column::State:
        return stateTone(table, row);
    case Column::RateIn:
        return Tone::In;
    case Column::RateOut:
        return Tone::Out;
    case Column::Received:
        return counters.received && !over ? Tone::Plain : Tone::Dim;
    case Column::Sent:
        return counters.sent && !over ? Tone::Plain : Tone::Dim;
    case Column::Queue:
        return over                                                                  ? Tone::Dim
               : counters.highWaterMark && counters.queued >= counters.highWaterMark ? Tone::Warning
                                                                                     : Tone::Plain;
    case Column::Error:
        return Tone::Bad;
    case Column::Process:
    case Column::Kind:
    case Column::Age:
    case Column::Idle:
        return Tone::Dim;
    default:
        return over ? Tone::Dim : Tone::Plain;
    }
}

quint64 cellRank(const ObjectTable &table, int row, Column column)
{
    const net::wire::CounterRecord &counters = table.counters(row);
    switch (column) {
    case Column::State:
        return static_cast<quint64>(counters.state);
    case Column::Received:
        return counters.received;
    case Column::Sent:
        return counters.sent;
    case Column::RateIn: // of numbers that are not negative the bits have the same order
        return std::bit_cast<quint64>(table.rates(row).in);
    case Column::RateOut:
        return std::bit_cast<quint64>(table.rates(row).out);
    case Column::Queue:
        return counters.queued;
    case Column::Idle:
        return static_cast<quint64>(std::numeric_limits<qint64>::max() - std::max<qint64>(0, counters.lastActivity));
    default:
        return 0;
    }
}

int compareCells(const ObjectTable &table, int a, int b, Column column)
{
    if (isVolatile(column))
        return order(cellRank(table, a, column), cellRank(table, b, column));
    const RowIdentity &left = table.identity(a);
    const RowIdentity &right = table.identity(b);
    switch (column) {
    case Column::Name:
        // Servers before the sockets beside them; numbers in their order, not in that of their digits.
        for (const RowKind first : {RowKind::Listener, RowKind::Server})
            if (left.kind != right.kind && (left.kind == first || right.kind == first))
                return left.kind == first ? -1 : 1;
        if (!left.listener.isNull() && !right.listener.isNull())
            return order(left.key.process, right.key.process);
        if (table.texts(a).name.isEmpty() != table.texts(b).name.isEmpty())
            return table.texts(a).name.isEmpty() ? 1 : -1;
        if (const int names = table.texts(a).name.localeAwareCompare(table.texts(b).name))
            return names;
        // Of an application that was started again the newest run first; workers by their numbers.
        if (left.kind == RowKind::Process && right.kind == RowKind::Process)
            return left.worker != right.worker ? order(left.worker, right.worker)
                                               : order(right.key.process, left.key.process);
        return order(left.key.subject, right.key.subject);
    case Column::Kind:
        return order(left.kind, right.kind);
    case Column::Age:
        return order(right.createdAt, left.createdAt);
    case Column::Local:
        return table.texts(a).local.compare(table.texts(b).local);
    case Column::Remote:
        return left.kind == right.kind && (left.kind == RowKind::Server || left.kind == RowKind::Listener)
                   ? order(table.counters(a).connections, table.counters(b).connections)
                   : table.texts(a).remote.compare(table.texts(b).remote);
    case Column::Process:
        return order(left.key.process, right.key.process);
    case Column::Error:
        return table.texts(a).error.compare(table.texts(b).error);
    default:
        return 0;
    }
}

} // namespace inspector
