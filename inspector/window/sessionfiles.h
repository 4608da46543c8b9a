#pragma once
#include "inspector/models/filterstate.h"
#include "inspector/session/sessionrecorder.h"
#include "inspector/window/windowmemory.h"

#include <QAction>
#include <QPointer>

class QFileDialog;
class QMenu;
class QMessageBox;
class QWidget;

namespace inspector {

/// What a window's File menu does with recordings: makes them, saves, opens and compares them.
class SessionFiles : public QObject
{
    Q_OBJECT

public:
    /// \a session and \a filter must outlive \a window.
    SessionFiles(QWidget &window, Session &session, const FilterState &filter, const WindowMemory &memory);

    void addTo(QMenu &menu);
    SessionRecorder &recorder() { return m_recorder; }

    void recordTo(const QString &file);
    void saveTo(const QString &file);
    /// For other programs, as the file's name says; rows that the filter lets pass.
    void exportTo(const QString &file);
    /// Shows it in a window of its own.
    void open(const QString &file);
    /// Shows its counts beside those of this session.
    void compareWith(const QString &file);

Q_SIGNALS:
    /// A line about what was done.
    void said(const QString &text);

private:
    QAction *add(const QString &name, const QString &text, const QKeySequence &key, const QString &help);
    /// Asks for a file, and gives it to \a use.
    void ask(const QString &title, bool toWrite, void (SessionFiles::*use)(const QString &));
    void askExport();
    void complain(const QString &title, const QString &text);
    void fillRecent();
    QString title() const;
    void toggleRecording();
    void showRecording();

    QWidget &m_window;
    Session &m_session;
    const FilterState &m_filter;
    WindowMemory m_memory;
    SessionRecorder m_recorder;
    QMenu *m_recent;
    QAction *m_record;
    QAction *m_payload; ///< recordings have the payload of every connection
    QAction *m_save;
    QAction *m_open;
    QAction *m_compare;
    QAction *m_export;
};

/// Shows a recording in a window that goes when it is closed.
QWidget *showRecording(std::unique_ptr<Session> session, const WindowMemory &memory);

} // namespace inspector
