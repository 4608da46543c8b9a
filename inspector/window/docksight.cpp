#include "inspector/window/docksight.h"

#include <QDockWidget>
#include <QEvent>
#include <QLayout>

namespace inspector {

DockSight::DockSight(QDockWidget &dock) : QObject(&dock), m_dock(dock)
{
    // What is hidden counts for the layout all the same, or its tabs shrink.
    QSizePolicy policy = dock.widget()->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    dock.widget()->setSizePolicy(policy);
    dock.installEventFilter(this);
}

// Behind another tab it stands left of the window, or above it. A floating one may stand anywhere on the screens.
bool DockSight::isInSight() const
{
    const QRect place = m_dock.geometry();
    return m_dock.isFloating() || (place.right() >= 0 && place.bottom() >= 0);
}

bool DockSight::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::ParentChange:
        if (QWidget *const content = m_dock.widget(); content && content->isHidden() == isInSight()) {
            content->setVisible(isInSight());
            m_dock.layout()->activate(); // not drawn in a wrong size first
        }
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace inspector
