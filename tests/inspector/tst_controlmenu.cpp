#include "desk.h"
#include "inspector/commands/faultdialog.h"
#include "inspector/commands/injectdialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStatusBar>
#include <QTest>

#include <algorithm>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

/// From the context menu to the application and back, and what is armed is seen.
class tst_ControlMenu : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutTheRightTheMenuSaysWhatGrantsIt();
    void eachOrderReachesTheApplication_data();
    void eachOrderReachesTheApplication();
    void serversKnowFaultsOnly();
    void refusalIsShownWithItsReason();
    void faultIsArmedAsFilledIn();
    void injectedTextAndHex();
    void whatIsArmedHasABadge();
    void everythingIsUndoneFromTheMenu();
    void agentHearsThatOneIsAlive();
    void detachesAndAttachesAgain();

private:
    static constexpr quint32 all = Observe | SeePayload | Control;
    static QMenu *controlMenu(Desk &desk, SubjectKey key);
    static void trigger(Desk &desk, SubjectKey key, const QString &order);
};

void tst_ControlMenu::detachesAndAttachesAgain()
{
    Desk desk;
    QVERIFY(desk.isReady());
    const QString name = u"demo (%1)"_s.arg(desk.agent.card().pid);
    const auto choose = [&desk](SubjectKey key, const QString &text) {
        Q_EMIT desk.connections()->menuRequested(key, 0, {});
        QMenu *menu = nullptr;
        if (!QTest::qWaitFor([&menu] { return (menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())); }))
            return false;
        const QList<QAction *> actions = menu->actions();
        const auto found = std::ranges::find(actions, text, &QAction::text);
        if (found != actions.end())
            (*found)->trigger();
        menu->close();
        return found != actions.end();
    };
    QVERIFY(choose({1, 4}, u"&Detach from %1"_s.arg(name)));
    QTRY_COMPARE(desk.agent.count(), 0);
    QVERIFY(choose({1, 0}, u"&Attach to %1 again"_s.arg(name)));
    QTRY_COMPARE(desk.agent.count(), 1);
    QTRY_COMPARE(desk.rows().size(), 5);
    QCOMPARE(desk.session.processCount(), 1U);
}

QMenu *tst_ControlMenu::controlMenu(Desk &desk, SubjectKey key)
{
    Q_EMIT desk.connections()->menuRequested(key, 0, {});
    QMenu *menu = nullptr;
    if (!QTest::qWaitFor([&menu] { return (menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())); }))
        return nullptr;
    return menu->findChild<QMenu *>(u"controlMenu"_s);
}

void tst_ControlMenu::trigger(Desk &desk, SubjectKey key, const QString &order)
{
    QMenu *const menu = controlMenu(desk, key);
    QVERIFY(menu);
    auto *const action = menu->findChild<QAction *>(order);
    QVERIFY(action);
    // A dialog that it opens may have closed the menu.
    action->trigger();
    if (QWidget *const open = QApplication::activePopupWidget())
        open->close();
}

void tst_ControlMenu::withoutTheRightTheMenuSaysWhatGrantsIt()
{
    Desk desk;
    QVERIFY(desk.isReady());
    const QMenu *const menu = controlMenu(desk, {1, 4});
    QVERIFY(menu);
    QCOMPARE(menu->actions().size(), 1);
    QVERIFY(menu->actions().constFirst()->text().contains("LIBNET_INSPECT_CONTROL=1"_L1));
    QVERIFY(!menu->actions().constFirst()->isEnabled());
    QApplication::activePopupWidget()->close();
}

void tst_ControlMenu::eachOrderReachesTheApplication_data()
{
    QTest::addColumn<QString>("verb");
    for (const char *verb : {"pause", "resume", "end", "destroy", "reset", "disarm"})
        QTest::newRow(verb) << QString::fromLatin1(verb);
}

void tst_ControlMenu::eachOrderReachesTheApplication()
{
    QFETCH(QString, verb);
    Desk desk(all);
    QVERIFY(desk.isReady());
    trigger(desk, {1, 4}, verb);
    QTRY_COMPARE(desk.agent.commands.size(), 1);
    QCOMPARE(desk.agent.commands.first().subject, 4u);
    QCOMPARE(desk.agent.commands.first().verb, verb);
    QTRY_COMPARE(desk.window.statusBar()->currentMessage(), verb + u": done"_s);
}

void tst_ControlMenu::serversKnowFaultsOnly()
{
    Desk desk(all);
    QVERIFY(desk.isReady());
    QMenu *const menu = controlMenu(desk, {1, 1});
    QVERIFY(menu);
    QVERIFY(!menu->findChild<QAction *>(u"pause"_s));
    QVERIFY(menu->findChild<QAction *>(u"arm"_s));
    QApplication::activePopupWidget()->close();
}

void tst_ControlMenu::refusalIsShownWithItsReason()
{
    Desk desk(all);
    desk.agent.refusal = u"it is paused already"_s;
    QVERIFY(desk.isReady());
    trigger(desk, {1, 4}, u"pause"_s);
    QMessageBox *box = nullptr;
    QTRY_VERIFY(box = desk.window.findChild<QMessageBox *>(u"orderRefused"_s));
    QCOMPARE(box->informativeText(), u"it is paused already"_s);
    box->close();
}

void tst_ControlMenu::faultIsArmedAsFilledIn()
{
    Desk desk(all);
    QVERIFY(desk.isReady());
    trigger(desk, {1, 1}, u"arm"_s);
    FaultDialog *dialog = nullptr;
    QTRY_VERIFY(dialog = desk.window.findChild<FaultDialog *>());
    const auto set = [dialog](const QString &name, int value) {
        dialog->findChild<QSpinBox *>(name)->setValue(value);
    };
    set(u"latency"_s, 250);
    set(u"slice"_s, 7);
    set(u"probability"_s, 50);
    dialog->findChild<QCheckBox *>(u"stall"_s)->click();
    dialog->findChild<QCheckBox *>(u"resets"_s)->click();
    set(u"resetAfter"_s, 1000);
    if (qEnvironmentVariableIsSet("SCREENSHOTS"))
        dialog->grab().save(qEnvironmentVariable("SCREENSHOTS") + u"/faultdialog.png"_s);
    dialog->accept();
    QTRY_COMPARE(desk.agent.commands.size(), 1);
    const QVariantMap filledIn{
        {u"latency"_s, 250}, {u"probability"_s, 50}, {u"resetAfter"_s, 1000}, {u"slice"_s, 7}, {u"stall"_s, 1}};
    QCOMPARE(desk.agent.commands.first().arguments.toVariantMap(), filledIn);
}

void tst_ControlMenu::injectedTextAndHex()
{
    Desk desk(all);
    QVERIFY(desk.isReady());
    trigger(desk, {1, 4}, u"write"_s);
    InjectDialog *dialog = nullptr;
    QTRY_VERIFY(dialog = desk.window.findChild<InjectDialog *>());
    auto *const text = dialog->findChild<QPlainTextEdit *>();
    const auto *const ok = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QVERIFY(!ok->isEnabled());
    text->setPlainText(u"GET /"_s);
    QCOMPARE(dialog->bytes(), QByteArray("GET /"));
    dialog->findChild<QCheckBox *>(u"hex"_s)->click();
    QVERIFY(!ok->isEnabled());
    text->setPlainText(u"00 ff 4"_s);
    QVERIFY(!ok->isEnabled());
    text->setPlainText(u"00 ff\n42"_s);
    QVERIFY(ok->isEnabled());
    dialog->accept();
    QTRY_COMPARE(desk.agent.commands.size(), 1);
    QCOMPARE(desk.agent.commands.first().arguments.value(u"bytes"_s).toByteArray(), QByteArray("\0\xff\x42", 3));
}

void tst_ControlMenu::whatIsArmedHasABadge()
{
    Desk desk(all);
    QVERIFY(desk.isReady());
    const auto *const badge = desk.window.findChild<QLabel *>(u"statusArmed"_s);
    QVERIFY(!badge->isVisible());
    const auto tell = [&desk](quint32 flags) {
        CounterRecord counters = Scene::counters(Scene::client(4, u"fetcher"_s, 80), 1, 2);
        counters.flags = flags;
        QByteArray bytes;
        encode(bytes, std::span(&counters, 1), 1);
        desk.agent.say(bytes);
    };
    tell(Armed);
    QTRY_VERIFY(badge->isVisible());
    QCOMPARE(badge->text(), u"⚡ 1 fault armed"_s);
    const auto states = [&desk] {
        return printed(desk.window.workspace().objects, {static_cast<int>(Column::State)});
    };
    QTRY_VERIFY(states().join(u'\n').contains(u"fault armed"_s));
    if (qEnvironmentVariableIsSet("SCREENSHOTS"))
        desk.window.grab().save(qEnvironmentVariable("SCREENSHOTS") + u"/badge.png"_s);
    tell(0);
    QTRY_VERIFY(!badge->isVisible());
}

void tst_ControlMenu::everythingIsUndoneFromTheMenu()
{
    Desk desk(all);
    QVERIFY(desk.isReady());
    auto *const menu = desk.window.findChild<QMenu *>(u"processes"_s);
    Q_EMIT menu->aboutToShow();
    menu->findChild<QAction *>(u"undoAll"_s)->trigger();
    QTRY_COMPARE(desk.agent.commands.size(), 1);
    QCOMPARE(desk.agent.commands.first().verb, u"disarmAll"_s);
}

void tst_ControlMenu::agentHearsThatOneIsAlive()
{
    Desk desk(all);
    QVERIFY(desk.isReady());
    QCOMPARE(desk.agent.holds, 0);
    trigger(desk, {1, 4}, u"pause"_s);
    QTRY_VERIFY(desk.agent.holds >= 2);
}

QTEST_MAIN(tst_ControlMenu)
#include "tst_controlmenu.moc"
