#include "inspector/views/celltexts.h"

#include <QFontMetrics>

#include <memory>

namespace inspector {

const QStaticText &CellTexts::laidOut(const QString &text, const QFont &font, int width, Qt::TextElideMode elide)
{
    if (font != m_font) {
        m_texts.clear();
        m_font = font;
    }
    const Key key{text, width, elide};
    if (const QStaticText *const known = m_texts.object(key))
        return *known;
    auto made = std::make_unique<QStaticText>(QFontMetrics(font).elidedText(text, elide, width));
    made->setTextFormat(Qt::PlainText);
    made->prepare({}, font);
    const QStaticText &result = *made;
    m_texts.insert(key, made.release());
    return result;
}

} // namespace inspector
