#include "inspector/models/rowtext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace inspector {

using namespace Qt::StringLiterals;

static QString headingOf(const QAbstractItemModel &model, int column)
{
    return model.headerData(column, Qt::Horizontal).toString();
}

// As RFC 4180 has it. What a spreadsheet would take for a formula stays text behind an apostrophe.
static QString csvCell(QString text)
{
    if (!text.isEmpty() && u"=+-@"_s.contains(text.front()))
        text.prepend(u'\'');
    if (!text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n') && !text.contains(u'\r'))
        return text;
    return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

static QString jsonText(const QModelIndexList &rows, const QList<int> &columns)
{
    QJsonArray all;
    for (const QModelIndex &row : rows) {
        QJsonObject object;
        for (const int column : columns)
            object.insert(headingOf(*row.model(), column), row.siblingAtColumn(column).data().toString());
        all.append(object);
    }
    return QString::fromUtf8(QJsonDocument(all).toJson());
}

QString rowText(RowForm form, const QModelIndexList &rows, const QList<int> &columns)
{
    if (rows.isEmpty())
        return {};
    if (form == RowForm::Json)
        return jsonText(rows, columns);
    const bool isCsv = form == RowForm::Csv;
    QStringList lines;
    QStringList cells;
    for (const int column : columns)
        cells += csvCell(headingOf(*rows.first().model(), column));
    if (isCsv)
        lines += cells.join(u',');
    for (const QModelIndex &row : rows) {
        cells.clear();
        for (const int column : columns) {
            const QString text = row.siblingAtColumn(column).data().toString();
            cells += isCsv ? csvCell(text) : text;
        }
        lines += cells.join(isCsv ? u',' : u'\t');
    }
    return lines.join(isCsv ? u"\r\n"_s : u"\n"_s) + (isCsv ? u"\r\n"_s : QString());
}

} // namespace inspector
