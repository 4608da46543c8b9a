#include "inspector/commands/rowmenu.h"

#include "inspector/commands/controlmenu.h"
#include "inspector/models/filteredit.h"
#include "inspector/models/objectsource.h"
#include "inspector/models/objecttext.h"

#include <QApplication>
#include <QClipboard>

namespace inspector {

using namespace Qt::StringLiterals;

QString conditionOf(const ObjectTable &table, int row, Column column, qint64 now)
{
    const ObjectSource source(table, row, now);
    const SubjectKey key = table.identity(row).key;
    const auto text = [&](QLatin1StringView field, const QString &value) {
        return value.isEmpty() ? QString() : field + u'=' + quotedValue(value);
    };
    // Others may have its name as well.
    const auto process = [&] {
        const double pid = source.number(Field::Pid, false);
        return pid < 0 ? QString() : u"pid=%1"_s.arg(static_cast<qint64>(pid));
    };
    switch (column) {
    case Column::Name:
        return table.identity(row).kind == RowKind::Process  ? process()
               : key.isListener()                            ? text("local"_L1, table.texts(row).local)
               : table.identity(row).kind == RowKind::Server ? text("server"_L1, rowName(table, row))
                                                             : text("name"_L1, rowName(table, row));
    case Column::Process:
        return process();
    case Column::Kind:
        return u"kind:"_s + source.text(Field::Kind);
    case Column::State:
        return u"state:"_s + source.text(Field::State).section(u' ', 0, 0);
    case Column::Local:
        return text("local"_L1, table.texts(row).local);
    case Column::Remote:
        if (!isSocket(table.identity(row).kind)) // how many it has stands there
            return u"connections>=%1"_s.arg(table.counters(row).connections);
        return text("remote"_L1, table.texts(row).remote);
    case Column::Received:
        return u"received>=%1"_s.arg(table.counters(row).received);
    case Column::Sent:
        return u"sent>=%1"_s.arg(table.counters(row).sent);
    case Column::RateIn:
        return u"in>=%1"_s.arg(static_cast<quint64>(table.rates(row).in));
    case Column::RateOut:
        return u"out>=%1"_s.arg(static_cast<quint64>(table.rates(row).out));
    case Column::Queue:
        return table.counters(row).queued > 0 ? u"queue>0"_s : u"queue=0"_s;
    case Column::Age:
    case Column::Idle: {
        const bool isAge = column == Column::Age;
        const double seconds = source.number(isAge ? Field::Age : Field::Idle, false);
        return seconds < 0 ? QString()
                           : u"%1>=%2s"_s.arg(isAge ? u"age"_s : u"idle"_s).arg(static_cast<qint64>(seconds));
    }
    case Column::Error:
        return text("error"_L1, table.texts(row).error);
    default:
        return {};
    }
}

RowMenu::RowMenu(LiveView &view, SubjectKey key, Column column, QWidget *parent) : QMenu(parent)
{
    const ObjectTable &table = view.objects();
    const int row = table.find(key);
    if (row < 0) {
        addAction(tr("No row here"))->setEnabled(false);
        return;
    }
    addConditions(table, row, column, view.now());
    const QString cell = cellText(table, row, column, view.now());
    QAction *const copy = addAction(tr("&Copy \"%1\"").arg(cell.left(40)));
    copy->setEnabled(!cell.isEmpty());
    connect(copy, &QAction::triggered, this, [cell] { QApplication::clipboard()->setText(cell); });
    addOtherEnds(view, key);
    if (table.identity(row).kind != RowKind::Process)
        addMenu(new ControlMenu(view.session(), table, row, this));
    addAttachment(view, key.process);
}

void RowMenu::addAttachment(LiveView &view, quint32 process)
{
    const ObjectTable &table = view.objects();
    const int row = table.find({process, 0});
    Session &session = view.session();
    const bool isAttached = session.feed(process);
    if (row < 0 || !session.isLive() || (!isAttached && table.identity(row).life != RowLife::Live))
        return;
    addSeparator();
    addAction(
        (isAttached ? tr("&Detach from %1") : tr("&Attach to %1 again")).arg(rowTitle(table, row)), &session,
        [session = &session, pid = table.identity(row).pid, isAttached] { session->setAttached(pid, !isAttached); });
}

void RowMenu::addOtherEnds(const LiveView &view, SubjectKey key)
{
    const ObjectTable &table = view.objects();
    for (const SubjectKey &other : view.session().records().handovers.others(key)) {
        const int row = table.find(other);
        if (row < 0)
            continue;
        const QString process = table.processOf(row) < 0 ? QString() : rowTitle(table, table.processOf(row));
        addAction(tr("&Go to %1 in %2").arg(rowTitle(table, row), process), this,
                  [this, other] { Q_EMIT subjectChosen(other); });
    }
}

void RowMenu::addConditions(const ObjectTable &table, int row, Column column, qint64 now)
{
    const QString condition = conditionOf(table, row, column, now);
    if (condition.isEmpty())
        return;
    QString shown = condition.left(60);
    shown.replace(u'&', u"&&"_s);
    addAction(tr("&Only this: %1").arg(shown), this, [this, condition] { Q_EMIT conditionChosen(condition); });
    addAction(tr("&Not this: -%1").arg(shown), this, [this, condition] { Q_EMIT conditionChosen(u'-' + condition); });
    addSeparator();
}

} // namespace inspector
