#pragma once
#include <QObject>
#include <QStringList>

class QWidget;

namespace inspector {

/// Opens lines of source in a program of the user's choice.
class Editor : public QObject
{
    Q_OBJECT

public:
    /// \a command as chosen once; empty: whatever is installed. \a window is its parent, and that of its dialog.
    Editor(const QString &command, QWidget *window);

    QString command() const { return m_command; }
    /// Empty, or why it can't be opened. \a line may be 0.
    QString open(const QString &file, int line) const;
    /// Asks for the command in a dialog; chosen() follows.
    void choose();

    /// Commands of the editors that are installed, with %f for the file and %l for the line, the likeliest first.
    static QStringList installed();
    /// The words of \a command for one file and line; the file comes last if the command does not say where.
    static QStringList words(const QString &command, const QString &file, int line);

Q_SIGNALS:
    void chosen(const QString &command);

private:
    QString m_command;
    QWidget *m_window;
};

} // namespace inspector
