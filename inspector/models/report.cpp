#include "inspector/models/report.h"

#include "inspector/models/objecttext.h"
#include "inspector/models/strangetext.h"
#include "inspector/models/units.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <limits>
#include <tuple>

namespace inspector {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Report)
};

// A path keeps its end, which tells one socket from another.
QString shortened(const QString &text)
{
    static constexpr qsizetype limit = 34;
    return text.size() <= limit ? text : u'…' + text.last(limit - 1);
}

QStringList lineOf(const ObjectTable &table, int row, const QString &indent)
{
    const net::wire::CounterRecord &counters = table.counters(row);
    const bool isProcess = table.identity(row).kind == RowKind::Process;
    return {indent + (isProcess ? rowTitle(table, row) : rowName(table, row)),
            kindText(table.identity(row).kind),
            stateText(table, row),
            shortened(table.texts(row).local),
            shortened(remoteText(table, row)),
            bytesText(counters.received),
            bytesText(counters.sent),
            queueText(table, row),
            table.texts(row).error};
}

} // namespace

QString textTable(const QList<QStringList> &rows, const QSet<int> &numeric)
{
    QList<qsizetype> widths;
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i >= widths.size())
                widths.append(0);
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    QString text;
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i) {
            const QString cell = withoutControls(row[i]); // as wide: a control character becomes another one
            line +=
                numeric.contains(static_cast<int>(i)) ? cell.rightJustified(widths[i]) : cell.leftJustified(widths[i]);
            line += u"  "_s;
        }
        while (line.endsWith(u' '))
            line.chop(1);
        text += line + u'\n';
    }
    return text;
}

// As the tree stands: a process, its servers each with its connections, its clients.
static auto place(const ObjectTable &table, int row)
{
    const RowIdentity &identity = table.identity(row);
    const int server = table.serverOf(row);
    quint64 group = std::numeric_limits<quint64>::max();
    if (identity.kind == RowKind::Process)
        group = 0;
    else if (identity.kind == RowKind::Server)
        group = identity.key.subject;
    else if (server >= 0)
        group = table.identity(server).key.subject;
    return std::tuple(identity.key.process, group, server >= 0, identity.key.subject);
}

static std::vector<int> rowsInOrder(const ObjectTable &table, const std::function<bool(int)> &passes)
{
    std::vector<bool> isListed(static_cast<std::size_t>(table.size()));
    for (int row = 0; row < table.size(); ++row) {
        if (table.identity(row).life == RowLife::Free || (passes && !passes(row)))
            continue;
        // What it belongs to as well; from what is listed on, that is done.
        for (int at = row; at >= 0 && !isListed[static_cast<std::size_t>(at)]; at = table.parent(at))
            isListed[static_cast<std::size_t>(at)] = true;
    }
    std::vector<int> rows;
    for (int row = 0; row < table.size(); ++row) {
        // Servers are listed where they are, not under what they share.
        if (isListed[static_cast<std::size_t>(row)] && table.identity(row).kind != RowKind::Listener)
            rows.push_back(row);
    }
    std::ranges::sort(rows, {}, [&](int row) { return place(table, row); });
    return rows;
}

Report reportOf(const Records &records, const std::function<bool(int row)> &passes)
{
    const ObjectTable &table = records.objects;
    Report report;
    QList<QStringList> lines{{Texts::tr("NAME"), Texts::tr("KIND"), Texts::tr("STATE"), Texts::tr("LOCAL"),
                              Texts::tr("REMOTE"), Texts::tr("RECEIVED"), Texts::tr("SENT"), Texts::tr("QUEUE"),
                              Texts::tr("ERROR")}};
    for (const int row : rowsInOrder(table, passes)) {
        const RowKind kind = table.identity(row).kind;
        if (kind == RowKind::Process)
            ++report.processes;
        else
            ++(isSocket(kind) ? report.connections : report.servers);
        // A process counts what has gone from the table, too; but not for a filter.
        if (passes ? isSocket(kind) : kind == RowKind::Process) {
            report.received += table.counters(row).received;
            report.sent += table.counters(row).sent;
        }
        const int depth = kind == RowKind::Process ? 0 : table.serverOf(row) >= 0 ? 4 : 2;
        lines.append(lineOf(table, row, QString(depth, u' ')));
    }
    report.text = textTable(lines, {5, 6, 7});
    report.text += u'\n' +
                   Texts::tr("processes: %1, servers: %2, sockets: %3; received %4, sent %5; events kept: %6")
                       .arg(report.processes)
                       .arg(report.servers)
                       .arg(report.connections)
                       .arg(bytesText(report.received), bytesText(report.sent),
                            countText(records.events.end() - records.events.begin())) +
                   u'\n';
    return report;
}

} // namespace inspector
