#include "tests/benchmarks/inspector/figuretable.h"

#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bench {

static QString verdictText(Figure::Verdict verdict)
{
    switch (verdict) {
    case Figure::Verdict::None:
        break;
    case Figure::Verdict::Met:
        return u"met"_s;
    case Figure::Verdict::Missed:
        return u"MISSED"_s;
    case Figure::Verdict::Broken:
        return u"BROKEN"_s;
    case Figure::Verdict::Failed:
        return u"FAILED"_s;
    }
    return {};
}

QString toText(const FigureGroup &group)
{
    QString text = u'\n' + group.title + u'\n';
    qsizetype widest = 0;
    for (const Figure &figure : group.figures)
        widest = std::max(widest, figure.what.size());
    for (const Figure &figure : group.figures) {
        const QString line = u"  %1  %2  %3  %4"_s.arg(figure.what.leftJustified(widest), figure.goal.leftJustified(26),
                                                       verdictText(figure.verdict).leftJustified(6), figure.measured);
        text += line + u'\n';
    }
    return text;
}

QString toMarkdown(const QList<FigureGroup> &groups)
{
    QString text;
    for (const FigureGroup &group : groups) {
        text += u"| %1 | goal | |\n| --- | --- | --- |\n"_s.arg(group.title);
        for (const Figure &figure : group.figures) {
            const bool met = figure.verdict == Figure::Verdict::Met || figure.verdict == Figure::Verdict::None;
            text += u"| %1 | %2 | %3 |\n"_s.arg(figure.what, figure.goal,
                                                met ? figure.measured : u"**%1**"_s.arg(figure.measured));
        }
        text += u'\n';
    }
    return text;
}

QJsonArray toJson(const QList<FigureGroup> &groups)
{
    QJsonArray all;
    for (const FigureGroup &group : groups) {
        QJsonArray figures;
        for (const Figure &figure : group.figures)
            figures.append(QJsonObject{{u"what"_s, figure.what},
                                       {u"goal"_s, figure.goal},
                                       {u"measured"_s, figure.measured},
                                       {u"verdict"_s, verdictText(figure.verdict)}});
        all.append(QJsonObject{{u"title"_s, group.title}, {u"figures"_s, figures}});
    }
    return all;
}

bool hasFailed(const FigureGroup &group)
{
    return std::any_of(group.figures.begin(), group.figures.end(), [](const Figure &figure) {
        return figure.verdict == Figure::Verdict::Failed || figure.verdict == Figure::Verdict::Broken;
    });
}

} // namespace bench
