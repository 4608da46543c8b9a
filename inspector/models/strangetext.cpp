#include "inspector/models/strangetext.h"

#include <QTextDocument>

#include <algorithm>

namespace inspector {

using namespace Qt::StringLiterals;

static bool isControl(QChar each)
{
    const char16_t code = each.unicode();
    const bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x061C ||
                       code == 0x200E || code == 0x200F;
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 || turns;
}

static QChar shown(QChar control)
{
    constexpr char16_t pictures = 0x2400;
    const char16_t code = control.unicode();
    return code < 0x20 ? QChar(pictures + code) : code == 0x7F ? QChar(u'␡') : QChar(QChar::ReplacementCharacter);
}

QString withoutControls(const QString &text, bool keepsLines)
{
    const auto isUnwanted = [keepsLines](QChar each) {
        return isControl(each) && !(keepsLines && each == u'\n');
    };
    if (std::none_of(text.cbegin(), text.cend(), isUnwanted))
        return text;
    QString result = text;
    for (QChar &each : result) {
        if (isUnwanted(each))
            each = shown(each);
    }
    return result;
}

QString plainTip(const QString &text)
{
    return Qt::mightBeRichText(text) ? u"<span>"_s + text.toHtmlEscaped() + u"</span>"_s : text;
}

} // namespace inspector
