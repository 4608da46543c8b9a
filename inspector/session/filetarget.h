#pragma once
#include <QFile>
#include <QSaveFile>

namespace inspector {

/// Where an export or a session goes: a file that is there at the end, whole or not at all; or straight into what is no
/// file, such as a device, a pipe and whatever standard output is.
class FileTarget final : public QIODevice
{
public:
    explicit FileTarget(const QString &file) : m_name(file) {}

    const QString &fileName() const { return m_name; }
    /// By whatever name: /dev/stdout, a link to it, or the file that it was redirected to.
    bool isStandardOutput() const;
    /// For writing. A pipe that nobody reads waits for a reader; one whose reader has left is a problem, no SIGPIPE.
    bool open(OpenMode mode) override;
    bool isSequential() const override { return true; }
    /// Everything has been written. False if not all of it could be kept: errorString() says why.
    bool commit();

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *bytes, qint64 size) override;

private:
    bool writeOut();

    QString m_name;
    QSaveFile m_saved;
    QFile m_direct;
    QByteArray m_buffer;
};

} // namespace inspector
