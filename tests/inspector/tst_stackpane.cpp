// Call stacks in a whole window: asked for, seen, opened in an editor, copied.
#include "desk.h"
#include "inspector/session/monotonic.h"
#include "inspector/views/emptystate.h"
#include "inspector/views/stackpane.h"
#include "samplemodule.h"

#include <QApplication>
#include <QClipboard>
#include <QInputDialog>
#include <QMenu>
#include <QStatusBar>
#include <QToolButton>
#include <QTreeView>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

class tst_StackPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAskedForByKeyAndAgainOfWhoComesLater();
    void anOlderAgentIsNotAsked();
    void showsTheCallsOfTheChosenRow();
    void aLineIsOpenedInTheEditor();
    void whatCannotBeOpenedIsTold();
    void theMenuCopies();

private:
    static StackPane *pane(Desk &desk);
    /// The agent tells that the client #4 was created by the sample.
    static void tell(Desk &desk, const SampleModule &sample);
    static QAction *action(const QMenu &menu, const QString &text);
    static QMenu *menuOf(StackPane &pane);
};

StackPane *tst_StackPane::pane(Desk &desk)
{
    desk.window.showView(u"stacks"_s);
    auto *const pane = desk.window.findChild<StackPane *>();
    return QTest::qWaitFor([pane] { return pane->isVisible(); }) ? pane : nullptr;
}

void tst_StackPane::tell(Desk &desk, const SampleModule &sample)
{
    Module module = sample.module;
    module.record.module = 1;
    const StackFrameRecord frame{.address = sample.address, .stack = 1, .module = 1};
    const StackRecord call{.subject = 4, .time = monotonicNow(), .stack = 1, .call = Call::Created};
    QByteArray bytes;
    encode(bytes, std::span(&module, 1), 0);
    encode(bytes, std::span(&frame, 1), 0);
    encode(bytes, std::span(&call, 1), 0);
    desk.agent.say(bytes);
}

QAction *tst_StackPane::action(const QMenu &menu, const QString &text)
{
    for (QAction *const action : menu.actions()) {
        if (action->text().remove(u'&') == text)
            return action;
    }
    return nullptr;
}

QMenu *tst_StackPane::menuOf(StackPane &pane)
{
    Q_EMIT pane.view()->customContextMenuRequested(pane.view()->visualRect(pane.view()->currentIndex()).center());
    return pane.findChild<QMenu *>(u"stackMenu"_s);
}

void tst_StackPane::isAskedForByKeyAndAgainOfWhoComesLater()
{
    Desk desk;
    QVERIFY(desk.isReady());
    StackPane *const stacks = pane(desk);
    QVERIFY(stacks);
    QCOMPARE(stacks->emptyState()->title(), u"Nothing is chosen"_s);
    desk.click({1, 4});
    QCOMPARE(stacks->emptyState()->title(), u"Call stacks are not recorded"_s);
    desk.agent.watches.clear();
    const WatchRecord on{.subject = everySocket, .what = WatchedStacks};
    const WatchRecord off{.subject = everySocket};
    QTest::keyClick(&desk.window, Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(desk.agent.watches.contains(on));
    QCOMPARE(stacks->emptyState()->title(), u"Nobody has called since call stacks are recorded"_s);
    // Whoever comes later, or comes again, is asked too.
    desk.agent.watches.clear();
    desk.agent.hangUp();
    QTRY_VERIFY(desk.agent.watches.contains(on));
    auto *const button = stacks->findChild<QToolButton *>(u"recordStacks"_s);
    QVERIFY(button->isChecked());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(desk.agent.watches.contains(off));
    QCOMPARE(stacks->emptyState()->title(), u"Call stacks are not recorded"_s);
}

void tst_StackPane::anOlderAgentIsNotAsked()
{
    Desk desk;
    Hello hello;
    hello.side = Side::Agent;
    hello.version = watchVersion;
    QByteArray greeting;
    encode(greeting, hello);
    desk.agent.opening = greeting + Scene::snapshot({Scene::client(4, u"fetcher"_s, 80)});
    QTRY_COMPARE(desk.rows().size(), 2);
    StackPane *const stacks = pane(desk);
    QVERIFY(stacks);
    desk.click({1, 4});
    desk.window.actions().stacks->trigger();
    QTRY_COMPARE(stacks->emptyState()->title(), u"The libnet of this application tells no call stacks"_s);
    // It would have hung up.
    QTRY_VERIFY(!desk.agent.watches.isEmpty()); // what the kernel knows was asked for
    for (const WatchRecord &watch : std::as_const(desk.agent.watches))
        QVERIFY(watch.subject != everySocket);
}

void tst_StackPane::showsTheCallsOfTheChosenRow()
{
    const SampleModule sample(QStringLiteral(SAMPLE));
    Desk desk;
    QVERIFY(desk.isReady());
    StackPane *const stacks = pane(desk);
    QVERIFY(stacks);
    QVERIFY(!stacks->view()->accessibleName().isEmpty());
    tell(desk, sample);
    desk.click({1, 4});
    QTRY_COMPARE(stacks->view()->model()->rowCount(), 1);
    QVERIFY(stacks->emptyState()->title().isEmpty());
    QVERIFY(stacks->view()->isExpanded(stacks->view()->model()->index(0, 0)));
    QTRY_VERIFY(stacks->view()->currentIndex().data().toString().startsWith(u"▶ "_s));
    desk.click({1, 1});
    QTRY_COMPARE(stacks->view()->model()->rowCount(), 0);
    // Its agent takes stacks, whoever has asked for it.
    QCOMPARE(stacks->emptyState()->title(), u"Nobody has called since call stacks are recorded"_s);
}

void tst_StackPane::aLineIsOpenedInTheEditor()
{
    const SampleModule sample(QStringLiteral(SAMPLE));
    if (DebugFile(sample.module.path, sample.module.buildId).problem() == DebugFile::Problem::Unable)
        QSKIP("built without libdw");
    const QTemporaryDir place;
    QFile script(place.filePath(u"my editor"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$0.part\" && mv \"$0.part\" \"$0.out\"\n");
    script.close();
    script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);

    Desk desk;
    QVERIFY(desk.isReady());
    StackPane *const stacks = pane(desk);
    QVERIFY(stacks);
    tell(desk, sample);
    desk.click({1, 4});
    QTRY_VERIFY(stacks->view()->currentIndex().data().toString().contains(u"sample::Fetcher::begin"_s));
    QMenu *const menu = menuOf(*stacks);
    QVERIFY(menu);
    action(*menu, u"Choose the editor…"_s)->trigger();
    auto *const dialog = desk.window.findChild<QInputDialog *>(u"editorDialog"_s);
    QVERIFY(dialog);
    dialog->setTextValue(u"\"%1\" --at %l %f"_s.arg(script.fileName()));
    dialog->accept();
    stacks->view()->setFocus();
    QTest::keyClick(stacks->view(), Qt::Key_Return);
    QFile out(script.fileName() + u".out"_s);
    QTRY_VERIFY(out.exists());
    QVERIFY(out.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromLocal8Bit(out.readAll()),
             u"--at\n%1\n%2\n"_s.arg(SampleModule::lineOf("the line of the call")).arg(QStringLiteral(SAMPLE_SOURCE)));
    QVERIFY(desk.window.statusBar()->currentMessage().contains(u"stacksample.cpp"_s));
}

void tst_StackPane::whatCannotBeOpenedIsTold()
{
    const SampleModule sample(QStringLiteral(SAMPLE_WITHOUT));
    Desk desk;
    QVERIFY(desk.isReady());
    StackPane *const stacks = pane(desk);
    QVERIFY(stacks);
    tell(desk, sample);
    desk.click({1, 4});
    QTRY_VERIFY(stacks->view()->currentIndex().isValid());
    stacks->view()->setFocus();
    QTest::keyClick(stacks->view(), Qt::Key_Return);
    const auto message = [&] {
        return desk.window.statusBar()->currentMessage();
    };
    QTRY_VERIFY(message().startsWith(u"No line of source is known there"_s));
    Q_EMIT stacks->sourceChosen(u"/nowhere/fetcher.cpp"_s, 7);
    QCOMPARE(message(), u"/nowhere/fetcher.cpp is not on this computer"_s);
    Q_EMIT stacks->editorRequested();
    auto *const dialog = desk.window.findChild<QInputDialog *>(u"editorDialog"_s);
    dialog->setTextValue(u"/nowhere/editor %f"_s);
    dialog->accept();
    Q_EMIT stacks->sourceChosen(QStringLiteral(SAMPLE_SOURCE), 7);
    QCOMPARE(message(), u"The editor can't be started: /nowhere/editor %f"_s);
}

void tst_StackPane::theMenuCopies()
{
    const SampleModule sample(QStringLiteral(SAMPLE));
    if (DebugFile(sample.module.path, sample.module.buildId).problem() == DebugFile::Problem::Unable)
        QSKIP("built without libdw");
    Desk desk;
    QVERIFY(desk.isReady());
    StackPane *const stacks = pane(desk);
    QVERIFY(stacks);
    tell(desk, sample);
    desk.click({1, 4});
    QTRY_VERIFY(stacks->view()->currentIndex().data().toString().contains(u"sample::Fetcher::begin"_s));
    const int line = SampleModule::lineOf("the line of the call");
    for (const auto &[text, expected] :
         {std::pair(u"Copy the place"_s, u"%1:%2"_s.arg(QStringLiteral(SAMPLE_SOURCE)).arg(line)),
          std::pair(u"Copy the function"_s, u"sample::Fetcher::begin(int)"_s)}) {
        std::unique_ptr<QMenu> menu(menuOf(*stacks));
        action(*menu, text)->trigger();
        QCOMPARE(QApplication::clipboard()->text(), expected);
    }
    std::unique_ptr<QMenu> menu(menuOf(*stacks));
    action(*menu, u"Copy the stack"_s)->trigger();
    QVERIFY(QApplication::clipboard()->text().startsWith(u"Created "_s));
    QVERIFY(QApplication::clipboard()->text().contains(u"#1  sample::Fetcher::start at "_s));
}

QTEST_MAIN(tst_StackPane)
#include "tst_stackpane.moc"
