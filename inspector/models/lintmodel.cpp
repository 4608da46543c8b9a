#include "inspector/models/lintmodel.h"

#include "inspector/models/filteredit.h"
#include "inspector/models/objectcolumns.h"
#include "inspector/models/objectsource.h"
#include "inspector/models/units.h"

#include <algorithm>
#include <bit>

namespace inspector {

using namespace Qt::StringLiterals;

LintModel::LintModel(LiveView &view, FilterState &filter, QObject *parent)
    : QAbstractTableModel(parent),
      m_view(view),
      m_filter(filter)
{
    connect(&m_view, &LiveView::framed, this, &LintModel::takeFrame);
    connect(&m_filter, &FilterState::changed, this, &LintModel::look);
}

void LintModel::takeFrame()
{
    if (m_view.now() - m_lookedAt >= 1'000'000'000)
        look();
}

// Their server, or the process.
SubjectKey LintModel::ownerOf(int row) const
{
    const ObjectTable &table = m_view.objects();
    const int server = table.serverOf(row);
    return server >= 0 ? table.identity(server).key : SubjectKey{table.identity(row).key.process, 0};
}

QList<LintModel::Finding> LintModel::find(const Filter &filter) const
{
    const ObjectTable &table = m_view.objects();
    QHash<std::pair<int, SubjectKey>, qsizetype> places;
    QList<Finding> findings;
    for (int row = 0; row < table.size(); ++row) {
        if (!table.isShown(row))
            continue;
        quint32 lints = lintsOf(table, row, m_view.now());
        if (!lints || !(filter.isEmpty() || filter.matches(ObjectSource(table, row, m_view.now()))))
            continue;
        const SubjectKey key = table.identity(row).key;
        const SubjectKey owner = ownerOf(row);
        for (; lints; lints &= lints - 1) {
            const int number = std::countr_zero(lints);
            const auto place = places.constFind({number, owner});
            if (place != places.cend()) {
                ++findings[*place].count;
                continue;
            }
            places.insert({number, owner}, findings.size());
            findings.append({static_cast<Lint>(number), owner, key, 1});
        }
    }
    std::ranges::stable_sort(findings, [](const Finding &a, const Finding &b) {
        const Severity left = infoOf(a.lint).severity;
        const Severity right = infoOf(b.lint).severity;
        return left != right ? left > right : a.lint < b.lint;
    });
    return findings;
}

void LintModel::look()
{
    m_lookedAt = m_view.now();
    QList<Finding> findings = find(m_filter.filter());
    const QList<Finding> all = m_filter.filter().isEmpty() ? findings : find({});
    m_hasWorst = !all.isEmpty();
    m_worst = m_hasWorst ? all.first() : Finding();
    const bool sameRows = std::ranges::equal(findings, m_findings, [](const Finding &a, const Finding &b) {
        return a.lint == b.lint && a.owner == b.owner;
    });
    if (sameRows) {
        m_findings = std::move(findings);
        if (!m_findings.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, lintColumnCount - 1));
    } else {
        beginResetModel();
        m_findings = std::move(findings);
        endResetModel();
    }
    Q_EMIT looked();
}

bool LintModel::concerns(int row, SubjectKey key) const
{
    const int object = m_view.objects().find(key);
    const quint32 lints = object < 0 ? 0 : lintsOf(m_view.objects(), object, m_view.now());
    const Finding &finding = m_findings.at(row);
    return lints >> static_cast<int>(finding.lint) & 1 && finding.owner == ownerOf(object);
}

QString LintModel::where(const Finding &finding) const
{
    const ObjectTable &table = m_view.objects();
    const int example = table.find(finding.example);
    const int owner = table.find(finding.owner);
    if (example < 0)
        return {};
    if (finding.count == 1)
        return rowTitle(table, example);
    return tr("%1 connections of %2")
        .arg(countText(static_cast<quint64>(finding.count)), owner < 0 ? QString() : rowTitle(table, owner));
}

QString LintModel::condition(const Finding &finding) const
{
    const ObjectTable &table = m_view.objects();
    const QString lint = u"lint:"_s + QString::fromLatin1(infoOf(finding.lint).word);
    const int owner = table.find(finding.owner);
    if (owner < 0)
        return lint;
    const QString field = finding.owner.isProcess() ? u"process"_s : u"server"_s;
    return lint + u' ' + field + u'=' + quotedValue(rowName(table, owner));
}

int LintModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int LintModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : lintColumnCount;
}

QVariant LintModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Finding &finding = m_findings.at(index.row());
    const LintInfo &info = infoOf(finding.lint);
    const auto column = static_cast<LintColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole: {
        if (column == LintColumn::What)
            return QString(severityGlyph(info.severity) + u' ' + info.titleText());
        if (column == LintColumn::Where)
            return where(finding);
        const int row = m_view.objects().find(finding.example);
        return row < 0 ? QString() : lintDetail(finding.lint, m_view.objects(), row, m_view.now());
    }
    case Qt::ToolTipRole:
        return info.adviceText();
    case KeyRole:
        return QVariant::fromValue(finding.example);
    case ToneRole:
        return static_cast<int>(column == LintColumn::What     ? severityTone(info.severity)
                                : column == LintColumn::Detail ? Tone::Dim
                                                               : Tone::Plain);
    default:
        return {};
    }
}

QVariant LintModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<LintColumn>(section)) {
    case LintColumn::What:
        return tr("What");
    case LintColumn::Where:
        return tr("Where");
    case LintColumn::Detail:
        return tr("Seen");
    }
    return {};
}

} // namespace inspector
