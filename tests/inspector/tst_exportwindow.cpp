#include "desk.h"
#include "inspector/window/sessionfiles.h"

#include <QApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QStatusBar>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

/// What one does with "Export" in the File menu.
class tst_ExportWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void asksForAFileAndSaysWhatIsInIt();
    void aNameWithoutAnEndingGetsThatOfTheKind();
    void whatTheFilterHidesIsLeftOut();
    void tellsThatNothingCanBeWritten();
    void aLargeOneIsWrittenInBitsAndCanBeCancelled();

private:
    QString file(const QString &name) const { return m_place->filePath(name); }
    static QByteArray read(const QString &file);

    std::unique_ptr<QTemporaryDir> m_place;
};

/// The dialog that the menu's entry opens.
static QFileDialog *asked(MainWindow &window)
{
    window.findChild<QAction *>(u"exportSession"_s)->trigger();
    auto *dialog = window.findChild<QFileDialog *>();
    if (dialog)
        dialog->setOption(QFileDialog::DontConfirmOverwrite);
    return dialog;
}

static void answer(QFileDialog *dialog, const QString &file)
{
    dialog->selectFile(file);
    dialog->findChild<QLineEdit *>()->setText(file);
    static_cast<QDialog *>(dialog)->accept();
}

void tst_ExportWindow::initTestCase()
{
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QApplication::setQuitOnLastWindowClosed(false);
}

void tst_ExportWindow::init()
{
    m_place = std::make_unique<QTemporaryDir>();
}

QByteArray tst_ExportWindow::read(const QString &file)
{
    QFile device(file);
    return device.open(QIODevice::ReadOnly) ? device.readAll() : QByteArray();
}

void tst_ExportWindow::asksForAFileAndSaysWhatIsInIt()
{
    Desk desk;
    QVERIFY(desk.isReady());
    QFileDialog *const dialog = asked(desk.window);
    QVERIFY(dialog);
    QCOMPARE(dialog->windowTitle(), u"Export"_s);
    answer(dialog, file(u"all.csv"_s));
    QTRY_COMPARE(desk.window.statusBar()->currentMessage(), u"all.csv: processes, servers and connections: 5"_s);
    QCOMPARE(read(file(u"all.csv"_s)).count('\n'), 6);
}

void tst_ExportWindow::aNameWithoutAnEndingGetsThatOfTheKind()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.happen({Scene::event(2, EventKind::Received, 1, 1), Scene::event(2, EventKind::Sent, 1, 1)});
    QTRY_COMPARE(desk.session.records().events.end(), 2u);
    QFileDialog *const dialog = asked(desk.window);
    QVERIFY(dialog);
    QCOMPARE(dialog->defaultSuffix(), u"pcapng"_s);
    dialog->selectNameFilter(u"Events as JSON (*.events.json)"_s);
    Q_EMIT dialog->filterSelected(dialog->selectedNameFilter()); // as a click does
    answer(dialog, file(u"plain"_s));
    QTRY_COMPARE(desk.window.statusBar()->currentMessage(), u"plain.events.json: events: 2"_s);
    QVERIFY(read(file(u"plain.events.json"_s)).contains("received"));
}

void tst_ExportWindow::whatTheFilterHidesIsLeftOut()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.window.setFilter(u"port:1003"_s);
    QTRY_COMPARE(desk.window.workspace().filter.text(), u"port:1003"_s);
    QFileDialog *const dialog = asked(desk.window);
    QVERIFY(dialog);
    QCOMPARE(dialog->windowTitle(), u"Export what passes the filter"_s);
    answer(dialog, file(u"one.json"_s));
    QTRY_VERIFY(!read(file(u"one.json"_s)).isEmpty());
    QCOMPARE(read(file(u"one.json"_s)).count("\"kind\""), 1);
    QVERIFY(read(file(u"one.json"_s)).contains(":1003\""));
}

void tst_ExportWindow::tellsThatNothingCanBeWritten()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.window.files().exportTo(u"/nowhere/at/all.csv"_s);
    QTRY_VERIFY(desk.window.findChild<QMessageBox *>(u"fileComplaint"_s));
    QVERIFY(desk.window.findChild<QMessageBox *>(u"fileComplaint"_s)->text().contains(u"/nowhere/at/all.csv"_s));
    delete desk.window.findChild<QMessageBox *>(u"fileComplaint"_s);
    desk.window.files().exportTo(file(u"picture.png"_s));
    QTRY_VERIFY(desk.window.findChild<QMessageBox *>(u"fileComplaint"_s));
    QVERIFY(!QFile::exists(file(u"picture.png"_s)));
}

void tst_ExportWindow::aLargeOneIsWrittenInBitsAndCanBeCancelled()
{
    Desk desk;
    QVERIFY(desk.isReady());
    const QList<EventRecord> many(20'000, Scene::event(2, EventKind::Received, 1, 1));
    for (int i = 0; i < 10; ++i)
        desk.session.records().events.append(1, std::span(many.constData(), std::size_t(many.size())));
    const QString target = file(u"large.events.json"_s);
    desk.window.files().exportTo(target);
    QVERIFY(cancelUnderWay(desk.window));
    QVERIFY(QDir(m_place->path()).isEmpty()); // not even a part of it

    desk.window.files().exportTo(target);
    QTRY_COMPARE_WITH_TIMEOUT(desk.window.statusBar()->currentMessage(), u"large.events.json: events: 200,000"_s,
                              60'000);
    QCOMPARE(read(target).count("\"event\":\"received\""), 200'000);
}

QTEST_MAIN(tst_ExportWindow)
#include "tst_exportwindow.moc"
