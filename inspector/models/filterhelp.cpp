#include "inspector/models/filterhelp.h"

#include "inspector/models/filteroperators.h"

#include <QCoreApplication>
#include <QUrl>

namespace inspector {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::FilterHelp)
};

struct Example
{
    const char *text;
    const char *meaning;
};

constexpr Example examples[] = {
    {"echo", QT_TRANSLATE_NOOP("inspector::FilterHelp", "the word stands in any text of the row")},
    {"state:open remote:10.*", QT_TRANSLATE_NOOP("inspector::FilterHelp", "both hold; * is any text, ? any character; "
                                                                          "::ffff:10.0.0.1 is found as 10.0.0.1, too")},
    {"port>1024 bytes>1M",
     QT_TRANSLATE_NOOP("inspector::FilterHelp", "numbers are compared; k, M and G are powers of 1024")},
    {"-server:echo or lint:*", QT_TRANSLATE_NOOP("inspector::FilterHelp", "one of both holds; - is not")},
    {"(kind:client or kind:accepted) idle>10s",
     QT_TRANSLATE_NOOP("inspector::FilterHelp", "parentheses; times take ms, s, m, h and d")},
    {"name=\"two words\"", QT_TRANSLATE_NOOP("inspector::FilterHelp", "quotes keep blanks together")},
    {"remote~\"^10\\.(1|2)\\.\"", QT_TRANSLATE_NOOP("inspector::FilterHelp", "a regular expression")},
    {"time:14:03..14:05", QT_TRANSLATE_NOOP("inspector::FilterHelp", "it was there, or happened, between these")},
};

QString typeText(const FieldInfo &info)
{
    switch (info.type) {
    case FieldType::Text:
        return Texts::tr("text");
    case FieldType::Words:
        return info.wordList().join(u" · "_s);
    case FieldType::Number:
        return Texts::tr("number");
    case FieldType::Bytes:
        return Texts::tr("bytes: 512, 10k, 1.5M, 2GiB");
    case FieldType::Duration:
        return Texts::tr("time: 500ms, 10s, 2m, 1h");
    case FieldType::Moment:
        return Texts::tr("of the clock: 14:03, 14:03:59..14:04:02");
    }
    return {};
}

// "<": text must not become a tag.
QString code(const char *text)
{
    return u"<code>"_s + QString::fromLatin1(text).toHtmlEscaped() + u"</code>"_s;
}

QString row(const QStringList &cells)
{
    return u"<tr><td>"_s + cells.join(u"</td><td>"_s) + u"</td></tr>"_s;
}

QString table(const QString &title, const QStringList &rows)
{
    return u"<h3>"_s + title + u"</h3><table cellspacing=\"0\" cellpadding=\"3\">"_s + rows.join(QString()) +
           u"</table>"_s;
}

} // namespace

QStringList filterExamples()
{
    QStringList texts;
    for (const Example &example : examples)
        texts += QString::fromLatin1(example.text);
    return texts;
}

QString filterHelp()
{
    QStringList shown;
    for (const Example &example : examples) {
        const QString target = QString::fromLatin1(QUrl::toPercentEncoding(QString::fromLatin1(example.text)));
        shown += row(
            {u"<a href=\"filter:"_s + target + u"\">"_s + code(example.text) + u"</a>"_s, Texts::tr(example.meaning)});
    }
    QStringList fields;
    for (const FieldInfo &info : filterFields())
        fields += row({code(info.name), QCoreApplication::translate("inspector::FilterFields", info.help),
                       u"<i>"_s + typeText(info).toHtmlEscaped() + u"</i>"_s});
    QStringList operators;
    for (const FilterOperator &how : filterOperators())
        operators += row({code(how.text), QCoreApplication::translate("inspector::FilterOperators", how.help)});
    const QStringList words = {
        row({code("a b") + u" · "_s + code("a and b") + u" · "_s + code("a & b"), Texts::tr("both")}),
        row({code("a or b") + u" · "_s + code("a | b"), Texts::tr("one of both, or both; binds less than and")}),
        row({code("-a") + u" · "_s + code("!a") + u" · "_s + code("not a"), Texts::tr("not")}),
        row({code("( )"), Texts::tr("what belongs together")}),
        row({code("\" \"") + u" · "_s + code("' '"), Texts::tr("a value with blanks; \\ before a quote inside")}),
    };
    return u"<h2>"_s + Texts::tr("Filter language") + u"</h2><p>"_s +
           Texts::tr(
               "A filter says which rows every view shows. It is applied while it is typed, as soon as it is one; "
               "case does not matter. Choose an example to try it.") +
           u"</p>"_s + table(Texts::tr("Examples"), shown) + table(Texts::tr("Together"), words) +
           table(Texts::tr("Operators"), operators) + table(Texts::tr("Fields"), fields);
}

} // namespace inspector
