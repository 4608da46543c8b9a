#include "tests/libnet/headerreader.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace test {

static QRegularExpressionMatch typeIn(const QString &head)
{
    static const QRegularExpression type(u"\\b(class|struct|enum class)\\s+(\\w+)[^;=(]*$"_s);
    return type.match(head);
}

void HeaderReader::read(const QString &file, const QString &text)
{
    static const QRegularExpression type(
        u"([^\\n]*)\\n(?:template[^\\n]*\\n)?(?:class|struct) (?:LIBNET_EXPORT )?(\\w+)[^;\\n]*\\n\\{"_s);
    for (auto match = type.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch found = match.next();
        if (!found.captured(1).startsWith(u"///"_s))
            m_undocumented.append(file + u": "_s + found.captured(2));
    }

    QString code = text;
    code.remove(QRegularExpression(u"//[^\\n]*"_s));
    code.remove(QRegularExpression(u"^#[^\\n]*"_s, QRegularExpression::MultilineOption));
    code.remove(QRegularExpression(u"\\b(Q_PROPERTY|Q_ENUM|Q_DECLARE_METATYPE)\\([^)\\n]*\\)"_s));
    code.remove(QRegularExpression(u"\\b(Q_OBJECT|Q_GADGET|Q_INVOKABLE|LIBNET_EXPORT)\\b"_s));
    m_scopes.clear();
    QString pending;
    for (const QChar c : std::as_const(code)) {
        const bool inBody = !m_scopes.isEmpty() && m_scopes.last().isBody;
        if (c == u'{') {
            // An initializer belongs to its declaration, which goes on after it.
            if (inBody || pending.trimmed().endsWith(u'='))
                m_scopes.append(Scope{.isBody = true});
            else
                open(std::exchange(pending, {}));
        } else if (c == u'}') {
            if (!m_scopes.isEmpty())
                m_scopes.removeLast();
        } else if (!inBody && c == u';') {
            declaration(std::exchange(pending, {}));
        } else if (!inBody) {
            pending += c;
        }
    }
}

// The text without "public:" and the like, which are heeded.
QString HeaderReader::takeAccess(QString text)
{
    static const QRegularExpression access(u"\\b(public|protected|private|Q_SIGNALS)\\s*:(?!:)"_s);
    for (auto match = access.globalMatch(text); match.hasNext();) {
        const QString word = match.next().captured(1);
        if (!m_scopes.isEmpty())
            m_scopes.last().isPrivate = word == u"private"_s || word == u"protected"_s;
    }
    return text.remove(access);
}

void HeaderReader::open(const QString &text)
{
    const QString head = takeAccess(text);
    const bool hidden = !m_scopes.isEmpty() && m_scopes.last().isPrivate;
    if (const QRegularExpressionMatch type = typeIn(head); type.hasMatch()) {
        if (!hidden)
            m_types.insert(u"net::"_s + type.captured(2));
        const bool isEnum = type.captured(1).startsWith(u"enum"_s);
        m_scopes.append(
            {.name = type.captured(2), .isPrivate = hidden || type.captured(1) == u"class"_s, .isBody = isEnum});
    } else if (head.contains(u"namespace"_s)) {
        m_scopes.append({.name = u"net"_s});
    } else {
        declaration(head);
        m_scopes.append(Scope{.isBody = true});
    }
}

void HeaderReader::declaration(QString text)
{
    if (m_scopes.isEmpty())
        return;
    const Scope &scope = m_scopes.last();
    text = takeAccess(text).trimmed();
    if (text.isEmpty() || scope.isPrivate || text.contains(u"friend "_s) || text.contains(u"operator"_s) ||
        text.contains(u'~'))
        return;
    static const QRegularExpression alias(u"^using (\\w+)"_s);
    static const QRegularExpression function(u"(\\w+)\\s*\\("_s);
    static const QRegularExpression field(u"(\\w+)\\s*(?:=[^=]*)?$"_s);
    if (const auto match = alias.match(text); match.hasMatch()) {
        m_types.insert(u"net::"_s + match.captured(1));
    } else if (const auto call = function.match(text); call.hasMatch() && !text.startsWith(u"std::function"_s)) {
        if (call.captured(1) != scope.name)
            m_functions.insert(scope.name + u"::"_s + call.captured(1));
    } else if (scope.name != u"net"_s) {
        m_fields.insert(scope.name + u"::"_s + field.match(text).captured(1));
    }
}

} // namespace test
