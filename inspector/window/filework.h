#pragma once
#include "inspector/exports/exportfile.h"
#include "inspector/session/sessionloader.h"
#include "inspector/session/sessionsaver.h"

#include <QPointer>
#include <QProgressDialog>
#include <QTimer>

namespace inspector {

/// Work on a file that may take long: done a bit at a time while the window lives on, with a progress and a way out
/// after the first second.
class FileWork : public QObject
{
    Q_OBJECT

public:
    /// \a window is where the progress is shown; may be null.
    FileWork(const QString &what, QWidget *window);
    ~FileWork() override;

Q_SIGNALS:
    void done();
    void failed(const QString &problem);
    /// Somebody took the way out.
    void cancelled();

protected:
    /// Empty, or why nothing can be done.
    virtual QString begin() = 0;
    /// Works for a while; false at the end.
    virtual bool work(std::chrono::milliseconds budget) = 0;
    /// Empty, or why it has failed after all.
    virtual QString problem() const { return {}; }
    virtual double progress() const = 0;
    /// By the next turn of the event loop.
    void start();

private:
    void step();

    QPointer<QProgressDialog> m_dialog; ///< the window's
    QTimer m_turn;
    bool m_begun = false;
};

/// Opens a recording.
class Opening : public FileWork
{
    Q_OBJECT

public:
    Opening(const QString &file, QWidget *window);
    /// Once done().
    std::unique_ptr<Session> takeSession() { return std::move(m_session); }

protected:
    QString begin() override { return m_loader.open(m_file); }
    bool work(std::chrono::milliseconds budget) override { return m_loader.readOn(budget); }
    double progress() const override { return m_loader.progress(); }

private:
    QString m_file;
    std::unique_ptr<Session> m_session;
    SessionLoader m_loader;
};

/// Saves what a session knows.
class Saving : public FileWork
{
    Q_OBJECT

public:
    /// \a session must outlive it.
    Saving(const QString &file, const Session &session, QWidget *window);
    qint64 bytes() const { return m_saver.bytes(); }

protected:
    QString begin() override { return m_saver.open(m_file); }
    bool work(std::chrono::milliseconds budget) override { return m_saver.writeOn(budget); }
    QString problem() const override { return m_saver.problem(); }
    double progress() const override { return m_saver.progress(); }

private:
    QString m_file;
    SessionSaver m_saver;
};

/// Writes what a session knows for other programs.
class Exporting : public FileWork
{
    Q_OBJECT

public:
    /// \a session must outlive it.
    Exporting(const QString &file, const Session &session, const Choice &choice, QWidget *window);
    QString summary() const { return m_export.summary(); }

protected:
    QString begin() override { return m_export.begin(); }
    bool work(std::chrono::milliseconds budget) override { return m_export.writeOn(budget); }
    QString problem() const override { return m_export.problem(); }
    double progress() const override { return m_export.progress(); }

private:
    Export m_export;
};

} // namespace inspector
