#pragma once
#include <QByteArrayList>
#include <QProcess>
#include <QProcessEnvironment>

/// A program that is to be inspected, in a process of its own and with a runtime directory given by the test.
class InspectedProcess : public QProcess
{
    Q_OBJECT
public:
    explicit InspectedProcess(const QString &runtimeDirectory);
    ~InspectedProcess() override;

    void setVariable(const QString &name, const QString &value);
    /// Starts \a program and waits for its first answer; false if it does not come.
    bool run(const QString &program, const QStringList &arguments = {});
    /// The lines of the answer to a one-letter command.
    QByteArrayList ask(char letter);
    void tell(char letter);
    QString socketPath() const;

private:
    QByteArrayList answer();

    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
    QString m_directory;
};
