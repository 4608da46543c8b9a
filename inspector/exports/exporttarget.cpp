#include "inspector/exports/exporttarget.h"

#include <QFileInfo>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace inspector {

static constexpr qsizetype bufferSize = 64 * 1024;

bool ExportTarget::isStandardOutput() const
{
    struct stat named = {};
    struct stat output = {};
    return ::stat(QFile::encodeName(m_name).constData(), &named) == 0 && ::fstat(STDOUT_FILENO, &output) == 0 &&
           named.st_dev == output.st_dev && named.st_ino == output.st_ino;
}

bool ExportTarget::open(OpenMode mode)
{
    const QFileInfo info(m_name);
    const bool isOutput = isStandardOutput();
    if (!isOutput && (!info.exists() || info.isFile() || info.isDir())) {
        m_saved.setFileName(m_name);
        if (!m_saved.open(mode)) {
            setErrorString(m_saved.errorString());
            return false;
        }
        return QIODevice::open(mode);
    }
    // A reader that leaves is an error to be told, not the end.
    std::signal(SIGPIPE, SIG_IGN);
    m_direct.setFileName(m_name);
    const bool isOpen = isOutput ? m_direct.open(STDOUT_FILENO, mode) : m_direct.open(mode | ExistingOnly);
    if (!isOpen) {
        setErrorString(m_direct.errorString());
        return false;
    }
    return QIODevice::open(mode);
}

bool ExportTarget::commit()
{
    if (!writeOut())
        return false;
    if (m_direct.isOpen()) {
        m_direct.close();
        return true;
    }
    if (m_saved.commit())
        return true;
    setErrorString(m_saved.errorString());
    return false;
}

qint64 ExportTarget::writeData(const char *bytes, qint64 size)
{
    m_buffer.append(bytes, size);
    return m_buffer.size() < bufferSize || writeOut() ? size : -1;
}

// Qt's files don't say why only a part could be written, as on a disk that has just become full.
bool ExportTarget::writeOut()
{
    const int descriptor = m_direct.isOpen() ? m_direct.handle() : m_saved.handle();
    qsizetype done = 0;
    while (done < m_buffer.size()) {
        const ssize_t written = ::write(descriptor, m_buffer.constData() + done, std::size_t(m_buffer.size() - done));
        if (written >= 0) {
            done += written;
        } else if (errno == EAGAIN) {
            pollfd output{descriptor, POLLOUT, 0};
            ::poll(&output, 1, -1);
        } else if (errno != EINTR) {
            setErrorString(QString::fromLocal8Bit(std::strerror(errno)));
            return false;
        }
    }
    m_buffer.clear();
    return true;
}

} // namespace inspector
