#include "inspector/views/latestpill.h"

#include "inspector/models/units.h"

#include <QAbstractScrollArea>

namespace inspector {

LatestPill::LatestPill(QAbstractScrollArea *area) : QPushButton(area), m_area(area)
{
    setObjectName(QStringLiteral("latest"));
    setFocusPolicy(Qt::TabFocus);
    hide();
}

void LatestPill::showFor(bool isFollowing, int unseen)
{
    setVisible(!isFollowing);
    if (isFollowing)
        return;
    setText(unseen ? tr("▼ latest (%1 new)").arg(countText(static_cast<quint64>(unseen))) : tr("▼ latest"));
    adjustSize();
    const QRect area = m_area->viewport()->geometry();
    move(area.center().x() - width() / 2, area.bottom() - height() - 8);
}

} // namespace inspector
