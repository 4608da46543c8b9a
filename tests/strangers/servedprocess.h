#pragma once
#include <QProcess>
#include <QString>
#include <QStringList>

/// A program that says "listening on <address>" and serves until it is stopped.
class ServedProcess
{
public:
    /// Starts \a program and waits until it listens. Check error() afterwards.
    ServedProcess(const QString &program, const QStringList &arguments);
    ~ServedProcess();

    QString error() const { return m_error; } ///< empty: it listens
    QString address() const { return m_address; }
    QString port() const; ///< what follows the last colon of the address
    qint64 processId() const { return m_process.processId(); }
    /// The line that the process prints next; empty if there is none within a minute.
    QString readLine();
    /// Stops it by SIGTERM. False if it had died, does not end, or ends with an error.
    bool stop();
    /// True if it ends by itself, and without an error.
    bool waitForEnd();

private:
    QProcess m_process;
    QString m_address;
    QString m_error;
};

/// What a program printed, and how it ended.
struct Finished
{
    QByteArray output;
    QByteArray errors;
    int exitCode = -1;
};

/// Runs \a program with \a input as its standard input until it ends, at most \a seconds.
Finished runWith(const QByteArray &input, const QString &program, const QStringList &arguments, int seconds = 30);
