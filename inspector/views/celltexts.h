#pragma once
#include <QCache>
#include <QFont>
#include <QStaticText>

namespace inspector {

/// Texts of cells, cut to their column and laid out once: most of them are painted again unchanged in the next frame.
class CellTexts
{
public:
    /// \a text as it fits into \a width pixels; valid until the next call. The font of all texts is the same one: with
    /// another \a font everything is laid out anew.
    const QStaticText &laidOut(const QString &text, const QFont &font, int width, Qt::TextElideMode elide);
    qsizetype size() const { return m_texts.size(); }

private:
    struct Key
    {
        QString text;
        int width;
        Qt::TextElideMode elide;

        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed) { return qHashMulti(seed, key.text, key.width, key.elide); }
    };
    static constexpr qsizetype limit = 4096; ///< some screens full, about 2 MB

    QFont m_font;
    QCache<Key, QStaticText> m_texts{limit};
};

} // namespace inspector
