#include "inspector/session/filetarget.h"

#include <QFileInfo>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace inspector {

static constexpr qsizetype bufferSize = 64 * 1024;

namespace {

/// While there is one, a reader that leaves is an error to be told, and not the end: in this thread, for what other
/// threads and the application make of SIGPIPE is theirs.
class WithoutPipeSignal
{
public:
    WithoutPipeSignal()
    {
        ::sigemptyset(&m_pipe);
        ::sigaddset(&m_pipe, SIGPIPE);
        sigset_t pending;
        ::sigpending(&pending);
        m_wasPending = ::sigismember(&pending, SIGPIPE) == 1;
        ::pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    WithoutPipeSignal(const WithoutPipeSignal &) = delete;
    WithoutPipeSignal &operator=(const WithoutPipeSignal &) = delete;
    ~WithoutPipeSignal()
    {
        constexpr timespec now = {};
        while (!m_wasPending && ::sigtimedwait(&m_pipe, nullptr, &now) < 0 && errno == EINTR)
            ;
        ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }

private:
    sigset_t m_pipe;
    sigset_t m_before;
    bool m_wasPending = false;
};

} // namespace

bool FileTarget::isStandardOutput() const
{
    struct stat named = {};
    struct stat output = {};
    return ::stat(QFile::encodeName(m_name).constData(), &named) == 0 && ::fstat(STDOUT_FILENO, &output) == 0 &&
           named.st_dev == output.st_dev && named.st_ino == output.st_ino;
}

bool FileTarget::open(OpenMode mode)
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
    m_direct.setFileName(m_name);
    const bool isOpen = isOutput ? m_direct.open(STDOUT_FILENO, mode) : m_direct.open(mode | ExistingOnly);
    if (!isOpen) {
        setErrorString(m_direct.errorString());
        return false;
    }
    return QIODevice::open(mode);
}

bool FileTarget::commit()
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

qint64 FileTarget::writeData(const char *bytes, qint64 size)
{
    m_buffer.append(bytes, size);
    return m_buffer.size() < bufferSize || writeOut() ? size : -1;
}

// Qt's files don't say why only a part could be written, as on a disk that has just become full.
bool FileTarget::writeOut()
{
    const WithoutPipeSignal quiet;
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
