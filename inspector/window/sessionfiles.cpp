#include "inspector/window/sessionfiles.h"

#include "inspector/views/recordingbanner.h"
#include "inspector/window/comparisonwindow.h"
#include "inspector/window/filework.h"
#include "inspector/window/filteredrows.h"
#include "inspector/window/mainwindow.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QStandardPaths>

namespace inspector {

using namespace Qt::StringLiterals;

SessionFiles::SessionFiles(QWidget &window, Session &session, const FilterState &filter, const WindowMemory &memory)
    : QObject(&window),
      m_window(window),
      m_session(session),
      m_filter(filter),
      m_memory(memory),
      m_recorder(session),
      m_recent(new QMenu(tr("Open r&ecent"), &window)),
      m_record(add(u"recordToFile"_s, tr("Record to &file…"), Qt::CTRL | Qt::SHIFT | Qt::Key_E,
                   tr("Writes everything that happens from now on to a file, while it happens"))),
      m_payload(add(u"recordPayload"_s, tr("&Payload in recordings"), {},
                    tr("Recordings have what every connection says, where the application grants it"))),
      m_save(add(u"saveSession"_s, tr("&Save session…"), QKeySequence::Save,
                 tr("Writes all that is kept to a file: connections, events and captured payload"))),
      m_open(add(u"openSession"_s, tr("&Open session…"), QKeySequence::Open, tr("Shows a recording"))),
      m_compare(add(u"compareSessions"_s, tr("Co&mpare with session…"), {},
                    tr("Shows the counts of a recording beside those of this session"))),
      m_export(add(u"exportSession"_s, tr("E&xport…"), Qt::CTRL | Qt::SHIFT | Qt::Key_S,
                   tr("Writes packets for Wireshark, or a table as CSV or JSON; of what the filter lets pass")))
{
    m_recent->setObjectName(u"recentSessions"_s);
    m_payload->setCheckable(true);
    m_payload->setChecked(true);
    m_record->setEnabled(m_session.isLive());
    m_payload->setEnabled(m_session.isLive());
    connect(m_record, &QAction::triggered, this, &SessionFiles::toggleRecording);
    connect(m_save, &QAction::triggered, this, [this] { ask(tr("Save session"), true, &SessionFiles::saveTo); });
    connect(m_open, &QAction::triggered, this, [this] { ask(tr("Open session"), false, &SessionFiles::open); });
    connect(m_compare, &QAction::triggered, this,
            [this] { ask(tr("Compare with session"), false, &SessionFiles::compareWith); });
    connect(m_export, &QAction::triggered, this, &SessionFiles::askExport);
    connect(m_recent, &QMenu::aboutToShow, this, &SessionFiles::fillRecent);
    connect(&m_recorder, &SessionRecorder::started, this, &SessionFiles::showRecording);
    connect(&m_recorder, &SessionRecorder::stopped, this, [this](const QString &problem) {
        showRecording();
        if (!problem.isEmpty())
            complain(tr("The recording has stopped"),
                     tr("%1 could not be written on: %2.\n\nWhat was recorded before can be opened.")
                         .arg(m_recorder.file(), problem));
    });
}

QAction *SessionFiles::add(const QString &name, const QString &text, const QKeySequence &key, const QString &help)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(key);
    action->setToolTip(help);
    action->setStatusTip(help);
    return action;
}

void SessionFiles::addTo(QMenu &menu)
{
    menu.addActions({m_record, m_payload});
    menu.addSeparator();
    menu.addActions({m_open});
    menu.addMenu(m_recent);
    menu.addActions({m_save, m_export, m_compare});
    // The window offers them as well, so that their keys work with the menu closed.
    m_window.addActions({m_record, m_open, m_save, m_export});
}

void SessionFiles::ask(const QString &title, bool toWrite, void (SessionFiles::*use)(const QString &))
{
    const QStringList recent = m_memory.recentSessions();
    const QString folder = recent.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
                                            : QFileInfo(recent.constFirst()).path();
    auto *dialog = new QFileDialog(&m_window, title, QFileInfo::exists(folder) ? folder : QDir::homePath(),
                                   tr("Sessions (*.netsession);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (toWrite) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(u"netsession"_s);
    } else {
        dialog->setFileMode(QFileDialog::ExistingFile);
    }
    connect(dialog, &QFileDialog::fileSelected, this, use);
    dialog->open();
}

void SessionFiles::askExport()
{
    const QStringList recent = m_memory.recentSessions();
    auto *dialog =
        new QFileDialog(&m_window, m_filter.filter().isEmpty() ? tr("Export") : tr("Export what passes the filter"),
                        recent.isEmpty() ? QDir::homePath() : QFileInfo(recent.constFirst()).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Packets for Wireshark (*.pcapng)"), tr("Table as CSV (*.csv)"),
                            tr("Table as JSON (*.json)"), tr("Events as CSV (*.events.csv)"),
                            tr("Events as JSON (*.events.json)")});
    // A name without an ending gets that of the chosen kind.
    const auto follow = [dialog](const QString &kind) {
        dialog->setDefaultSuffix(kind.section(u"(*."_s, 1).chopped(1));
    };
    follow(dialog->selectedNameFilter());
    connect(dialog, &QFileDialog::filterSelected, dialog, follow);
    connect(dialog, &QFileDialog::fileSelected, this, &SessionFiles::exportTo);
    dialog->open();
}

void SessionFiles::complain(const QString &title, const QString &text)
{
    auto *box = new QMessageBox(QMessageBox::Warning, title, text, QMessageBox::Ok, &m_window);
    box->setObjectName(u"fileComplaint"_s);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void SessionFiles::toggleRecording()
{
    if (m_recorder.isRecording())
        m_recorder.stop();
    else
        ask(tr("Record to file"), true, &SessionFiles::recordTo);
}

void SessionFiles::showRecording()
{
    const bool recording = m_recorder.isRecording();
    m_record->setText(recording ? tr("Stop recording to &file") : tr("Record to &file…"));
    m_payload->setEnabled(!recording && m_session.isLive());
}

void SessionFiles::recordTo(const QString &file)
{
    const QString problem = m_recorder.start(file, m_payload->isChecked());
    if (problem.isEmpty())
        m_memory.addRecentSession(file);
    else
        complain(tr("Nothing is recorded"), tr("%1 could not be written: %2.").arg(file, problem));
}

void SessionFiles::saveTo(const QString &file)
{
    auto *saving = new Saving(file, m_session, &m_window);
    connect(saving, &FileWork::done, this, [this, file] { m_memory.addRecentSession(file); });
    connect(saving, &FileWork::failed, this, [this, file](const QString &problem) {
        complain(tr("The session was not saved"), tr("%1 could not be written: %2.").arg(file, problem));
    });
}

void SessionFiles::exportTo(const QString &file)
{
    m_session.catchUp();
    auto *exporting = new Exporting(file, m_session, whatPasses(m_filter.filter(), m_session.records()), &m_window);
    connect(exporting, &FileWork::done, this, [this, file, exporting] {
        Q_EMIT said(tr("%1: %2").arg(QFileInfo(file).fileName(), exporting->summary()));
    });
    connect(exporting, &FileWork::failed, this,
            [this](const QString &problem) { complain(tr("Nothing was exported"), problem); });
}

void SessionFiles::open(const QString &file)
{
    auto *opening = new Opening(file, &m_window);
    connect(opening, &FileWork::done, this, [this, file, opening] {
        m_memory.addRecentSession(file);
        inspector::showRecording(opening->takeSession(), m_memory);
    });
    connect(opening, &FileWork::failed, this, [this, file](const QString &problem) {
        complain(tr("It can't be opened"), tr("%1 can't be opened: %2.").arg(file, problem));
    });
}

QString SessionFiles::title() const
{
    return m_session.isLive() ? tr("What is running, as it was at %1").arg(QTime::currentTime().toString(u"HH:mm:ss"_s))
                              : recordingTitle(*m_session.origin());
}

void SessionFiles::compareWith(const QString &file)
{
    auto *opening = new Opening(file, &m_window);
    connect(opening, &FileWork::done, this, [this, opening] {
        const std::unique_ptr<Session> other = opening->takeSession();
        // The recording is what was before, unless both are: then the one that was opened first.
        const bool isFirst = !m_session.isLive();
        const Session &first = isFirst ? m_session : *other;
        const Session &second = isFirst ? *other : m_session;
        auto *window = new ComparisonWindow(Comparison(first.records(), second.records()),
                                            isFirst ? title() : recordingTitle(*other->origin()),
                                            isFirst ? recordingTitle(*other->origin()) : title(), &m_window);
        window->show();
    });
    connect(opening, &FileWork::failed, this, [this, file](const QString &problem) {
        complain(tr("It can't be compared"), tr("%1 can't be opened: %2.").arg(file, problem));
    });
}

void SessionFiles::fillRecent()
{
    m_recent->clear();
    for (const QString &file : m_memory.recentSessions()) {
        QString text = QDir::toNativeSeparators(file);
        QAction *const action = m_recent->addAction(text.replace(u'&', u"&&"_s), this, [this, file] { open(file); });
        action->setEnabled(QFileInfo::exists(file));
    }
    if (m_recent->isEmpty())
        m_recent->addAction(tr("None yet"))->setEnabled(false);
}

QWidget *showRecording(std::unique_ptr<Session> session, const WindowMemory &memory)
{
    auto *window = new MainWindow(*session, memory);
    window->setAttribute(Qt::WA_DeleteOnClose);
    Session *const shown = session.release();
    shown->setParent(window); // children go after the window's own members
    window->show();
    shown->start();
    shown->endFrame();
    return window;
}

} // namespace inspector
