#include "inspector/session/filetarget.h"
#include "inspector/session/sessionsaver.h"
#include "scene.h"

#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace inspector;
using namespace Qt::StringLiterals;

/// Where exports and sessions go when it is no file.
class tst_FileTarget : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aPipeTakesASession();
    void aReaderThatLeavesIsAProblemAndNoSignal();
    void aSignalThatWaitedBeforeWaitsOn();

private:
    int reader() const { return ::open(QFile::encodeName(m_pipe).constData(), O_RDONLY | O_NONBLOCK); }
    QString writeToNobody() const;

    QTemporaryDir m_place;
    QString m_pipe;
};

static QString brokenPipe()
{
    return QString::fromLocal8Bit(std::strerror(EPIPE));
}

void tst_FileTarget::init()
{
    m_pipe = m_place.filePath(u"pipe"_s);
    QFile::remove(m_pipe);
    QCOMPARE(::mkfifo(QFile::encodeName(m_pipe).constData(), 0600), 0);
}

QString tst_FileTarget::writeToNobody() const
{
    const int leaver = reader();
    FileTarget target(m_pipe);
    if (!target.open(QIODevice::WriteOnly))
        return target.errorString();
    ::close(leaver);
    target.write("words");
    return target.commit() ? QString() : target.errorString();
}

void tst_FileTarget::aPipeTakesASession()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    const int descriptor = reader();
    QVERIFY(descriptor >= 0);
    SessionSaver saver(quiet.session.records());
    QCOMPARE(saver.open(m_pipe), QString());
    while (saver.writeOn(std::chrono::hours(1)))
        ;
    QCOMPARE(saver.problem(), QString());
    struct stat kind = {};
    QCOMPARE(::stat(QFile::encodeName(m_pipe).constData(), &kind), 0);
    QVERIFY(S_ISFIFO(kind.st_mode));
    char bytes[4096];
    QCOMPARE(::read(descriptor, bytes, sizeof bytes), saver.bytes());
    ::close(descriptor);
}

void tst_FileTarget::aReaderThatLeavesIsAProblemAndNoSignal()
{
    std::signal(SIGPIPE, SIG_DFL); // as the application has it: the end
    QCOMPARE(writeToNobody(), brokenPipe());
    // And it is as before.
    struct sigaction action = {};
    ::sigaction(SIGPIPE, nullptr, &action);
    QVERIFY(action.sa_handler == SIG_DFL);
    sigset_t blocked;
    ::pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
    QCOMPARE(::sigismember(&blocked, SIGPIPE), 0);
}

void tst_FileTarget::aSignalThatWaitedBeforeWaitsOn()
{
    sigset_t pipe;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    std::raise(SIGPIPE);
    QCOMPARE(writeToNobody(), brokenPipe());
    const timespec now = {};
    QCOMPARE(::sigtimedwait(&pipe, nullptr, &now), SIGPIPE);
    ::pthread_sigmask(SIG_UNBLOCK, &pipe, nullptr);
}

QTEST_GUILESS_MAIN(tst_FileTarget)
#include "tst_filetarget.moc"
