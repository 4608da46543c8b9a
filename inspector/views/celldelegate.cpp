#include "inspector/views/celldelegate.h"

#include "inspector/views/colours.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace inspector {

static constexpr int margin = 6;

static void paintFill(QPainter *painter, const QRect &rect, double fill, const Colours &colours)
{
    QColor colour = fill >= 1 ? colours.warning : colours.in;
    colour.setAlpha(60);
    QRect bar = rect.adjusted(2, 3, -2, -3);
    bar.setWidth(static_cast<int>(bar.width() * std::clamp(fill, 0.0, 1.0)));
    painter->fillRect(bar, colour);
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colours &colours = Colours::of(option.palette);
    const auto group = option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
    const bool selected = option.state & QStyle::State_Selected;
    if (selected)
        painter->fillRect(option.rect, option.palette.color(group, QPalette::Highlight));
    else if (const int kind = index.data(MarkRole).toInt(); kind != static_cast<int>(RowMark::None))
        painter->fillRect(option.rect,
                          colours.mark(static_cast<RowMark>(kind), index.data(MarkStrengthRole).toDouble()));
    if (const QVariant fill = index.data(FillRole); fill.isValid())
        paintFill(painter, option.rect, fill.toDouble(), colours);

    const QString text = index.data(Qt::DisplayRole).toString();
    if (text.isEmpty())
        return;
    const auto tone = static_cast<Tone>(index.data(ToneRole).toInt());
    const QColor plain = option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor toned = colours.text(tone, plain);
    // On the colour of the selection only what matters keeps its own, if it can be read there.
    const bool keepsTone = !selected || ((tone == Tone::Warning || tone == Tone::Bad) &&
                                         Colours::isReadable(toned, option.palette.color(group, QPalette::Highlight)));
    painter->setPen(keepsTone ? toned : plain);
    const QVariant own = index.data(Qt::FontRole);
    const QRect rect = option.rect.adjusted(margin, 0, -margin, 0);
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    const Qt::Alignment align =
        alignment.isValid() ? alignment.value<Qt::Alignment>() : Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter);
    const auto elide = m_elideLeft & (1u << index.column()) ? Qt::ElideLeft : Qt::ElideRight;
    const bool isOwn = own.isValid();
    painter->setFont(isOwn ? own.value<QFont>().resolve(option.font) : option.font);
    const QStaticText &laidOut = (isOwn ? m_ownTexts : m_texts).laidOut(text, painter->font(), rect.width(), elide);
    const QSize size = laidOut.size().toSize();
    painter->drawStaticText(QStyle::alignedRect(option.direction, align, size, rect).topLeft(), laidOut);
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QString text = index.data(Qt::DisplayRole).toString();
    return {option.fontMetrics.horizontalAdvance(text) + 2 * margin, option.fontMetrics.height() + 6};
}

} // namespace inspector
