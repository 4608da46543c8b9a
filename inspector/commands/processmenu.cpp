#include "inspector/commands/processmenu.h"

#include "inspector/commands/order.h"

namespace inspector {

ProcessMenu::ProcessMenu(Session &session, QWidget *parent) : QMenu(tr("&Processes"), parent), m_session(session)
{
    setObjectName(QStringLiteral("processes"));
    connect(this, &QMenu::aboutToShow, this, &ProcessMenu::fill);
    fill();
}

void ProcessMenu::fill()
{
    clear();
    for (const net::wire::AgentCard &card : m_session.directory().agents()) {
        QString text = tr("%1 (%2)").arg(card.name, QString::number(card.pid));
        QAction *const action = addAction(text.replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setCheckable(true);
        action->setChecked(m_session.isAttached(card.pid));
        connect(action, &QAction::toggled, &m_session,
                [this, pid = card.pid](bool on) { m_session.setAttached(pid, on); });
    }
    if (isEmpty())
        addAction(tr("No inspectable process is running"))->setEnabled(false);
    addSeparator();
    addAction(tr("Disarm every fault, resume what was &paused"), this, [this] {
        undoAll(m_session);
    })->setObjectName(QStringLiteral("undoAll"));
}

} // namespace inspector
