#pragma once
#include <QByteArray>
#include <QProcess>
#include <QStringList>

#include <optional>

namespace bench {

/// A process that speaks in lines: pinned to one core or to none, allowed enough descriptors, and gone with this
/// object.
class Child
{
public:
    static constexpr int AnyCore = -1;

    /// \a environment holds "NAME=value" lines to add.
    Child(const QString &program, const QStringList &arguments, const QStringList &environment, int cpu);
    ~Child();
    Child(const Child &) = delete;
    Child &operator=(const Child &) = delete;

    /// The next line without its end; nothing if none comes in time, see error().
    std::optional<QByteArray> readLine(int milliseconds);
    void writeLine(const QByteArray &line);
    /// Closes its standard input and waits for its end.
    void finish();
    /// Asks it to end (SIGTERM), and returns what it still says.
    QByteArray end(int milliseconds);
    qint64 processId() const { return m_process.processId(); }
    QString error() const { return m_error; }

    /// The most descriptors that one of our processes may open.
    static qint64 descriptorLimit();

private:
    QProcess m_process;
    QString m_error;
};

} // namespace bench
