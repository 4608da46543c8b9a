#include "inspector/symbols/functionname.h"

#include <cstdlib>
#include <cxxabi.h>
#include <memory>

namespace inspector {

using namespace Qt::StringLiterals;

QString demangled(const char *symbol)
{
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> name(abi::__cxa_demangle(symbol, nullptr, nullptr, &status),
                                                           &std::free);
    return QString::fromUtf8(status == 0 && name ? name.get() : symbol);
}

// Where the brackets that are closed at \a end were opened, of this kind alone; -1: nowhere.
static qsizetype openingOf(const QString &text, qsizetype end, QChar open, QChar close)
{
    int depth = 0;
    for (qsizetype i = end; i >= 0; --i) {
        if (text[i] == close)
            ++depth;
        else if (text[i] == open && --depth == 0)
            return i;
    }
    return -1;
}

QString shortName(const QString &function)
{
    QString name = function;
    // "[clone .isra.0]", "const", "&": they stand behind the parameters.
    // Not those of a template's argument, as in "listen<Talk::Talk(int)::<lambda()> >".
    qsizetype end = name.lastIndexOf(u')');
    if (name.lastIndexOf(u'>') > end)
        end = -1;
    const qsizetype begin = end < 0 ? -1 : openingOf(name, end, u'(', u')');
    const bool isAnonymous = begin >= 0 && QStringView(name).sliced(begin).startsWith(u"(anonymous namespace)");
    if (begin > 0 && !isAnonymous) {
        // "operator()" has brackets of its own.
        const bool isOperator = QStringView(name).first(begin).endsWith(u"operator") && end == begin + 1;
        name.truncate(isOperator ? end + 1 : begin);
    }
    // A template's function has its type in front, behind a blank that no bracket encloses.
    int depth = 0;
    for (qsizetype i = name.size() - 1; i > 0; --i) {
        const QChar c = name[i];
        if (c == u'>' && name[i - 1] != u'-')
            ++depth;
        else if (c == u')' || c == u'}')
            ++depth;
        else if (c == u'<' || c == u'(' || c == u'{')
            --depth;
        else if (c == u' ' && depth == 0 && !QStringView(name).first(i).endsWith(u"operator"))
            return name.sliced(i + 1);
    }
    return name;
}

} // namespace inspector
