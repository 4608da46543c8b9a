#include "desk.h"
#include "inspector/session/sessionsaver.h"
#include "inspector/views/emptystate.h"
#include "inspector/views/streamview.h"
#include "inspector/views/timelineview.h"
#include "inspector/views/topologyview.h"
#include "inspector/window/sessionfiles.h"

#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QFileDialog>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QSignalSpy>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

/// The window of a recording, once it is there.
MainWindow *recordingWindow()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        auto *window = qobject_cast<MainWindow *>(widget);
        if (window && window->isVisible() && window->windowTitle().contains(u"(recording)"_s))
            return window;
    }
    return nullptr;
}

QAction *actionOf(const MainWindow &window, const QString &name)
{
    return window.findChild<QAction *>(name);
}

/// Triggers an action that asks for a file, and gives it that.
bool answer(MainWindow &window, const QString &action, const QString &file)
{
    actionOf(window, action)->trigger();
    auto *dialog = window.findChild<QFileDialog *>();
    if (!dialog)
        return false;
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    dialog->selectFile(file);
    dialog->findChild<QLineEdit *>()->setText(file);
    static_cast<QDialog *>(dialog)->accept();
    return QTest::qWaitFor([&] { return !window.findChild<QFileDialog *>(); });
}

QStringList rowsOf(MainWindow &window)
{
    return printed(window.workspace().objects, {static_cast<int>(Column::Name), static_cast<int>(Column::Received)});
}

/// Says a little of everything.
void talk(Desk &desk)
{
    const CounterRecord counters = Scene::counters(Scene::accepted(2, 1, 1002), 3000, 5);
    QByteArray bytes;
    encode(bytes, std::span(&counters, 1), 1);
    desk.agent.say(bytes);
    desk.say(Scene::payload(2, Direction::Received, 0, "ping\n"));
    desk.happen({Scene::event(2, EventKind::Received, 3000, 3000), Scene::event(2, EventKind::Sent, 5, 5)});
}

QString complaint(const MainWindow &window)
{
    const auto *box = window.findChild<QMessageBox *>(u"fileComplaint"_s);
    return box ? box->text() : QString();
}

} // namespace

/// What one does with recordings in the window: makes them, saves, opens, looks at them.
class tst_SessionWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void recordsByTheMenuAndShowsItAgain();
    void savesWhatIsKept();
    void aRecordingIsLookedAtAndNotTouched();
    void everyViewShowsARecording();
    void tellsThatNothingCanBeWritten();
    void tellsThatItCannotBeOpened();
    void showsWhatIsLeftOfADamagedOne();
    void remembersTheLastOnes();
    void opensALargeOneInSmallBitsAndCanBeCancelled();
    void allPayloadIsCapturedOnRequest();

private:
    std::unique_ptr<QTemporaryDir> m_place;
    QString m_file;
};

void tst_SessionWindow::initTestCase()
{
    QCoreApplication::setApplicationVersion(u"0"_s);
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QApplication::setQuitOnLastWindowClosed(false);
}

void tst_SessionWindow::init()
{
    m_place = std::make_unique<QTemporaryDir>();
    m_file = m_place->filePath(u"a.netsession"_s);
}

void tst_SessionWindow::cleanup()
{
    while (MainWindow *const window = recordingWindow())
        delete window;
}

void tst_SessionWindow::recordsByTheMenuAndShowsItAgain()
{
    Desk desk;
    QVERIFY(desk.isReady());
    auto *lamp = desk.window.findChild<QLabel *>(u"recordingLamp"_s);
    QVERIFY(lamp->isHidden());
    QVERIFY(answer(desk.window, u"recordToFile"_s, m_file));
    QVERIFY(desk.window.files().recorder().isRecording());
    QTRY_VERIFY(!lamp->isHidden());
    QVERIFY(lamp->text().startsWith(u"● recording a.netsession"_s));
    QTRY_COMPARE(desk.agent.captures.size(), 3); // payload of everybody
    talk(desk);
    QTRY_COMPARE(desk.session.records().events.end(), 2u);
    QCOMPARE(actionOf(desk.window, u"recordToFile"_s)->text(), u"Stop recording to &file"_s);
    actionOf(desk.window, u"recordToFile"_s)->trigger();
    QVERIFY(!desk.window.files().recorder().isRecording());
    QVERIFY(lamp->isHidden());

    QVERIFY(answer(desk.window, u"openSession"_s, m_file));
    QTRY_VERIFY(recordingWindow());
    QCOMPARE(rowsOf(*recordingWindow()), rowsOf(desk.window));
    QVERIFY(rowsOf(*recordingWindow()).contains(u"    #2 2.9 KiB"_s));
    QVERIFY(recordingWindow()->windowTitle().startsWith(u"a.netsession (recording)"_s));
    const QString banner = recordingWindow()->findChild<QLabel *>(u"recordingBanner"_s)->text();
    QVERIFY2(banner.startsWith(u"● Recording of "_s) && banner.contains(u"a.netsession"_s), qPrintable(banner));
    QVERIFY(banner.contains(QDate::currentDate().toString(u"yyyy"_s).right(2)));
    QVERIFY(!banner.contains(u"⚠"_s));
    QVERIFY(!desk.window.findChild<QLabel *>(u"recordingBanner"_s));
}

void tst_SessionWindow::savesWhatIsKept()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.click({1, 2});
    talk(desk);
    QTRY_COMPARE(desk.session.records().events.end(), 2u);
    QTRY_VERIFY(desk.session.records().payloads.find({1, 2}));
    QVERIFY(answer(desk.window, u"saveSession"_s, m_file));
    QTRY_VERIFY(QFile::exists(m_file));
    desk.window.files().open(m_file);
    QTRY_VERIFY(recordingWindow());
    QCOMPARE(rowsOf(*recordingWindow()), rowsOf(desk.window));
    QCOMPARE(recordingWindow()->workspace().events.rowCount(), 2);
}

void tst_SessionWindow::aRecordingIsLookedAtAndNotTouched()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.window.files().saveTo(m_file);
    QTRY_VERIFY(QFile::exists(m_file));
    desk.window.files().open(m_file);
    QTRY_VERIFY(recordingWindow());
    MainWindow &window = *recordingWindow();
    Actions &actions = window.actions();
    const QList<QAction *> dead{actions.pause,
                                actions.record,
                                actions.clear,
                                actionOf(window, u"recordToFile"_s),
                                actionOf(window, u"recordPayload"_s),
                                actions.lingers->actions().constFirst()};
    for (const QAction *action : dead)
        QVERIFY2(!action->isEnabled(), qPrintable(action->text()));
    QVERIFY(!window.findChild<QMenu *>(u"processes"_s)->isEnabled());
    QVERIFY(actionOf(window, u"saveSession"_s)->isEnabled() && actionOf(window, u"openSession"_s)->isEnabled());
    const QStringList before = rowsOf(window);
    QTest::keyClick(&window, Qt::Key_Space);
    QVERIFY(!window.workspace().view.isPaused());

    // Nobody is asked for anything, and what happens now is not in it.
    const qsizetype captures = desk.agent.captures.size();
    window.workspace().selection.choose({1, 2});
    talk(desk);
    QTRY_COMPARE(desk.session.records().events.end(), 2u);
    QCOMPARE(desk.agent.captures.size(), captures);
    QCOMPARE(rowsOf(window), before);
    // Filters work as ever.
    window.setFilter(u"rport:1003"_s);
    QTRY_COMPARE(window.workspace().objects.shownCount(), 2);
    // And it lives on without the window it was opened from.
    desk.window.close();
    QVERIFY(window.isVisible());
}

void tst_SessionWindow::everyViewShowsARecording()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.click({1, 2});
    talk(desk);
    QTRY_VERIFY(desk.session.records().payloads.find({1, 2}));
    QTRY_COMPARE(desk.session.records().events.end(), 2u);
    desk.window.files().saveTo(m_file);
    QTRY_VERIFY(QFile::exists(m_file));
    desk.window.files().open(m_file);
    QTRY_VERIFY(recordingWindow());
    MainWindow &window = *recordingWindow();
    window.workspace().selection.choose({1, 2});
    QCOMPARE(window.findChild<StreamView *>()->visibleText(), u"▼ ping"_s);
    QVERIFY(printed(window.workspace().facts, {0, 1}).contains(u"Accepted by echo (server)"_s));
    QCOMPARE(window.workspace().events.rowCount(), 2);
    QVERIFY(!window.workspace().throughput.series().isEmpty());
    window.workspace().selection.choose({});
    QVERIFY(!window.workspace().throughput.series().isEmpty());
    window.findChild<QDockWidget *>(u"timelineDock"_s)->raise();
    QTRY_COMPARE(window.workspace().timeline.count(), 3);
    window.findChild<QDockWidget *>(u"topologyDock"_s)->raise();
    QTRY_COMPARE(window.findChild<TopologyView *>()->isVisible(), true);
    window.workspace().selection.choose({1, 4});
    QCOMPARE(window.findChild<StreamView *>()->emptyTitle(), u"No payload was recorded"_s);
}

void tst_SessionWindow::tellsThatNothingCanBeWritten()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.window.files().recordTo(u"/nonexistent/a.netsession"_s);
    QVERIFY2(complaint(desk.window).startsWith(u"/nonexistent/a.netsession could not be written: "_s),
             qPrintable(complaint(desk.window)));
    delete desk.window.findChild<QMessageBox *>();
    if (QFile::exists(u"/dev/full"_s)) {
        desk.window.files().recordTo(u"/dev/full"_s);
        QCOMPARE(complaint(desk.window), u"/dev/full could not be written: No space left on device."_s);
        delete desk.window.findChild<QMessageBox *>();
    }
    QVERIFY(!desk.window.files().recorder().isRecording());
    desk.window.files().saveTo(u"/nonexistent/a.netsession"_s);
    QTRY_VERIFY(complaint(desk.window).startsWith(u"/nonexistent/a.netsession could not be written: "_s));
}

void tst_SessionWindow::tellsThatItCannotBeOpened()
{
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("a diary");
    file.close();
    Desk desk;
    QVERIFY(desk.isReady());
    desk.window.files().open(m_file);
    QTRY_COMPARE(complaint(desk.window), m_file + u" can't be opened: it is no recording of net-inspector."_s);
    QVERIFY(!recordingWindow());
}

void tst_SessionWindow::showsWhatIsLeftOfADamagedOne()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.window.files().saveTo(m_file);
    QTRY_VERIFY(QFile::exists(m_file));
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.resize(file.size() - 20));
    file.close();
    desk.window.files().open(m_file);
    QTRY_VERIFY(recordingWindow());
    QVERIFY(recordingWindow()
                ->findChild<QLabel *>(u"recordingBanner"_s)
                ->text()
                .contains(u"⚠ the recording ends in the middle of an entry"_s));
    QCOMPARE(rowsOf(*recordingWindow()), rowsOf(desk.window));
}

void tst_SessionWindow::remembersTheLastOnes()
{
    QSettings settings(m_place->filePath(u"settings.ini"_s), QSettings::IniFormat);
    WindowMemory memory(&settings);
    for (int i = 0; i < 10; ++i)
        memory.addRecentSession(QString::number(i));
    memory.addRecentSession(u"5"_s);
    QCOMPARE(memory.recentSessions().size(), 8);
    QCOMPARE(memory.recentSessions().mid(0, 2), QStringList({u"5"_s, u"9"_s}));

    QuietSession quiet;
    MainWindow window(quiet.session, memory);
    window.files().saveTo(m_file);
    QTRY_COMPARE(memory.recentSessions().constFirst(), m_file);
    auto *menu = window.findChild<QMenu *>(u"recentSessions"_s);
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().constFirst()->text(), m_file);
    QVERIFY(!menu->actions().at(1)->isEnabled()); // it is there no more
    menu->actions().constFirst()->trigger();
    QTRY_VERIFY(recordingWindow());
}

void tst_SessionWindow::opensALargeOneInSmallBitsAndCanBeCancelled()
{
    QuietSession quiet;
    quiet.addProcess(1, u"busy"_s, 7);
    quiet.add(1, Scene::client(2, u"b"_s, 2));
    for (int i = 0; i < 100; ++i) // more than a quick machine reads in its first bit
        quiet.happen(1, QList<EventRecord>(20'000, Scene::event(2, EventKind::Received, 1, 1)));
    Records &records = quiet.session.records();
    SessionSaver saver(records);
    QCOMPARE(saver.open(m_file), QString());
    int turns = 0;
    double progress = 0;
    while (saver.writeOn(std::chrono::milliseconds(1))) {
        QVERIFY(saver.progress() >= progress);
        progress = saver.progress();
        ++turns;
    }
    QCOMPARE(saver.problem(), QString());
    QVERIFY(turns > 2);

    Desk desk;
    QVERIFY(desk.isReady());
    desk.window.files().open(m_file);
    QVERIFY(cancelUnderWay(desk.window));
    QVERIFY(!recordingWindow());

    desk.window.files().open(m_file);
    QTRY_VERIFY(recordingWindow());
    QCOMPARE(recordingWindow()->workspace().view.events().end(), records.events.end() - records.events.begin());
}

// Also of those that are over before one could click at them; and a recording that ends takes nothing away.
void tst_SessionWindow::allPayloadIsCapturedOnRequest()
{
    Desk desk;
    QVERIFY(desk.isReady());
    QVERIFY(!desk.agent.capturesAll);
    desk.click({1, 3});
    const auto *const stream = desk.window.findChild<StreamView *>();
    QTRY_COMPARE(stream->emptyTitle(), u"Waiting for data"_s);
    const GoneRecord gone{.subject = 3, .time = 1};
    QByteArray bytes;
    encode(bytes, std::span(&gone, 1), 1);
    desk.agent.say(bytes);
    QTRY_COMPARE(stream->emptyTitle(), u"It was over before it was chosen"_s);
    desk.window.actions().payload->trigger();
    QTRY_VERIFY(desk.agent.capturesAll);
    QVERIFY(answer(desk.window, u"recordToFile"_s, m_file));
    QTRY_VERIFY(desk.window.files().recorder().isRecording());
    actionOf(desk.window, u"recordToFile"_s)->trigger();
    QTRY_VERIFY(!desk.window.files().recorder().isRecording());
    QVERIFY(desk.session.capturesAll());
    desk.window.actions().payload->trigger();
    QTRY_VERIFY(!desk.agent.capturesAll);
}

QTEST_MAIN(tst_SessionWindow)
#include "tst_sessionwindow.moc"
