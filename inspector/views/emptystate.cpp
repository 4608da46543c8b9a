#include "inspector/views/emptystate.h"

#include "inspector/views/colours.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QTextOption>

#include <algorithm>

namespace inspector {

EmptyState::EmptyState(QWidget *view) : QWidget(view)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFont(QApplication::font()); // also over a view of fixed pitch
    view->installEventFilter(this);
    hide();
}

void EmptyState::setText(const QString &title, const QString &hint)
{
    if (title == m_title && hint == m_hint)
        return;
    m_title = title;
    m_hint = hint;
    setAccessibleName(title);
    setAccessibleDescription(hint);
    // A view that scrolls has moved it along with its contents.
    setGeometry(parentWidget()->rect());
    setVisible(!title.isEmpty());
    update();
}

bool EmptyState::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void EmptyState::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QTextOption wrapped(Qt::AlignHCenter | Qt::AlignTop);
    wrapped.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.25);

    // Both texts as one block in the middle, never wider than one reads comfortably.
    const int width = std::min(rect().width() - 32, fontMetrics().averageCharWidth() * 64);
    if (width < 40)
        return;
    const QRect room(rect().center().x() - width / 2, 0, width, 10'000);
    const int titleHeight =
        QFontMetrics(large).boundingRect(room, Qt::AlignHCenter | Qt::TextWordWrap, m_title).height();
    const int hintHeight = fontMetrics().boundingRect(room, Qt::AlignHCenter | Qt::TextWordWrap, m_hint).height();
    const int top = std::max(8, rect().center().y() - (titleHeight + 8 + hintHeight) / 2);

    painter.setFont(large);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(QRectF(room.x(), top, width, titleHeight), m_title, wrapped);
    painter.setFont(font());
    painter.setPen(Colours::of(palette()).dim);
    painter.drawText(QRectF(room.x(), top + titleHeight + 8, width, hintHeight + 4), m_hint, wrapped);
}

} // namespace inspector
