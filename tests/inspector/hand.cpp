// A hand for the real net-inspector: a plugin that Qt loads when QT_QPA_GENERIC_PLUGINS says so. It opens the context
// menu of the row that is named there ("hand:victim"), arms a fault that lets nothing through, and says "armed" when
// the window says that it is done.
#include <QApplication>
#include <QCheckBox>
#include <QContextMenuEvent>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGenericPlugin>
#include <QMainWindow>
#include <QMenu>
#include <QPushButton>
#include <QStatusBar>
#include <QTimer>
#include <QTreeView>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

class Hand : public QObject
{
public:
    explicit Hand(const QString &victim) : m_victim(victim)
    {
        m_timer.callOnTimeout(this, &Hand::move);
        m_timer.start(20);
    }

private:
    enum class Step : quint8 { LookForRow, LookForMenu, LookForDialog, LookForAnswer };

    void move()
    {
        const auto windows = QApplication::topLevelWidgets();
        for (QWidget *widget : windows) {
            if (auto *const window = qobject_cast<QMainWindow *>(widget); window && window->isVisible())
                return act(*window);
        }
    }

    void act(QMainWindow &window)
    {
        switch (m_step) {
        case Step::LookForRow:
            if (openMenu(*window.findChild<QTreeView *>(u"connections"_s)))
                m_step = Step::LookForMenu;
            break;
        case Step::LookForMenu:
            if (QAction *const arm = armAction()) {
                m_step = Step::LookForDialog;
                arm->trigger();
            }
            break;
        case Step::LookForDialog:
            if (auto *const dialog = window.findChild<QDialog *>(u"faultDialog"_s)) {
                dialog->findChild<QCheckBox *>(u"stall"_s)->click();
                m_step = Step::LookForAnswer;
                dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
            }
            break;
        case Step::LookForAnswer:
            if (window.statusBar()->currentMessage() == "arm: done"_L1) {
                m_timer.stop();
                std::puts("armed");
                std::fflush(stdout);
            }
            break;
        }
    }

    bool openMenu(QTreeView &view)
    {
        const auto rows = view.model()->match(view.model()->index(0, 0), Qt::DisplayRole, m_victim, 1,
                                              Qt::MatchExactly | Qt::MatchRecursive);
        if (rows.isEmpty())
            return false;
        view.scrollTo(rows.constFirst());
        const QPoint place = view.visualRect(rows.constFirst()).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, view.viewport()->mapToGlobal(place));
        QApplication::sendEvent(view.viewport(), &event);
        return true;
    }

    static QAction *armAction()
    {
        QWidget *const popup = QApplication::activePopupWidget();
        auto *const control = popup ? popup->findChild<QMenu *>(u"controlMenu"_s) : nullptr;
        auto *const arm = control ? control->findChild<QAction *>(u"arm"_s) : nullptr;
        return arm;
    }

    QString m_victim;
    QTimer m_timer;
    Step m_step = Step::LookForRow;
};

} // namespace

class HandPlugin : public QGenericPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "hand.json")

public:
    QObject *create(const QString &, const QString &victim) override { return new Hand(victim); }
};

#include "hand.moc"
