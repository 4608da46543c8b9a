#include "inspector/commands/controlmenu.h"

#include "inspector/commands/faultdialog.h"
#include "inspector/commands/injectdialog.h"
#include "inspector/commands/order.h"
#include "inspector/models/objecttext.h"

namespace inspector {

using namespace Qt::StringLiterals;

ControlMenu::ControlMenu(Session &session, const ObjectTable &table, int row, QWidget *parent)
    : QMenu(tr("Con&trol"), parent),
      m_session(session),
      m_key(table.identity(row).key)
{
    setObjectName(u"controlMenu"_s);
    AgentFeed *const feed = session.feed(m_key.process);
    setEnabled(feed && table.identity(row).life == RowLife::Live);
    if (feed && !feed->link().hasRight(net::wire::Control)) {
        addAction(tr("Not granted: start the application with LIBNET_INSPECT_CONTROL=1"))->setEnabled(false);
        return;
    }
    const QString title = rowTitle(table, row);
    if (table.identity(row).kind != RowKind::Server) {
        addOrder(tr("&Pause reading"), u"pause"_s);
        addOrder(tr("&Resume reading"), u"resume"_s);
        addSeparator();
        addInjection(tr("&Write to the peer..."), u"write"_s);
        addInjection(tr("&Have the application receive..."), u"receive"_s);
        addSeparator();
        addOrder(tr("&End"), u"end"_s);
        addOrder(tr("&Destroy"), u"destroy"_s);
        addOrder(tr("Reset and des&troy"), u"reset"_s);
        addSeparator();
    }
    addAction(tr("&Arm a fault..."), this, [this, title] {
        auto *const dialog = new FaultDialog(title, mainWindow());
        connect(dialog, &FaultDialog::armed, dialog,
                [session = &m_session, key = m_key, window = mainWindow()](const QCborMap &plan) {
                    give(*session, {key, u"arm"_s, plan}, window);
                });
        dialog->open();
    })->setObjectName(u"arm"_s);
    addOrder(tr("D&isarm"), u"disarm"_s);
}

QWidget *ControlMenu::mainWindow() const
{
    // A menu is a window of its own.
    QWidget *widget = parentWidget();
    while (widget->parentWidget())
        widget = widget->parentWidget();
    return widget;
}

void ControlMenu::addOrder(const QString &text, const QString &verb)
{
    addAction(text, this, [this, verb] { give(m_session, {m_key, verb}, mainWindow()); })->setObjectName(verb);
}

void ControlMenu::addInjection(const QString &text, const QString &verb)
{
    addAction(text, this, [this, verb] {
        auto *const dialog = new InjectDialog(verb == "write"_L1, mainWindow());
        connect(dialog, &InjectDialog::chosen, dialog,
                [session = &m_session, key = m_key, verb, window = mainWindow()](const QByteArray &bytes) {
                    give(*session, {key, verb, {{u"bytes"_s, bytes}}}, window);
                });
        dialog->open();
    })->setObjectName(verb);
}

} // namespace inspector
