#include "fakesubject.h"

#include "libnet/agent/agent.h"
#include "libnet/wire/messages.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QTest>

#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace net;
using namespace Qt::StringLiterals;

namespace {

constexpr uid_t owner = 47110;
constexpr uid_t stranger = 47111;
constexpr int servedExit = 0;
constexpr int silentExit = 255; // connected, and nothing but the end was said

void become(uid_t user)
{
    if (::setgroups(0, nullptr) != 0 || ::setgid(user) != 0 || ::setuid(user) != 0)
        ::_exit(254);
}

/// What \a work returns when \a user does it in a process of its own. It may only call the system.
template <typename Work>
int as(uid_t user, const Work &work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        become(user);
        ::_exit(work());
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

/// Connects, says \a hello and listens: errno, servedExit or silentExit.
int knock(const char *path, const QByteArray &hello)
{
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, path, sizeof address.sun_path);
    if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return errno;
    // Refused before it was read, it may fail; what matters is what comes back.
    (void)::send(descriptor, hello.constData(), size_t(hello.size()), MSG_NOSIGNAL);
    pollfd wait{descriptor, POLLIN, 0};
    if (::poll(&wait, 1, 20000) != 1)
        return ETIMEDOUT;
    char byte = 0;
    return ::recv(descriptor, &byte, 1, 0) > 0 ? servedExit : silentExit;
}

/// An application of the owner that can be inspected, until \a untilClosed is.
int beInspected(int argc, char **argv, const QByteArray &place, int told, int untilClosed)
{
    become(owner);
    qputenv("XDG_RUNTIME_DIR", place);
    QCoreApplication app(argc, argv);
    FakeSubject socket(probe::SubjectKind::Socket);
    const bool started = Agent::start({.payload = true});
    const QByteArray path = QFile::encodeName(Agent::socketPath());
    if (!started || ::write(told, path.constData(), size_t(path.size())) != path.size())
        return 1;
    ::close(told);
    char byte = 0;
    return ::read(untilClosed, &byte, 1) == 0 ? 0 : 1;
}

} // namespace

/// What another user of the machine gets out of an agent: nothing. Needs root, to be two other users.
class tst_OtherUser : public QObject
{
    Q_OBJECT
public:
    explicit tst_OtherUser(const QByteArray &path) : m_path(path) {}

private Q_SLOTS:
    void initTestCase();
    void theOwnerIsServed();
    void theDoorIsShut_data();
    void theDoorIsShut();
    void whoGetsThroughTheDoorIsToldNothing();

private:
    QByteArray m_path;
    QByteArray m_hello;
};

void tst_OtherUser::initTestCase()
{
    if (::geteuid() != 0)
        QSKIP("needs root, to be two other users");
    QVERIFY(!m_path.isEmpty());
    wire::Hello hello;
    hello.rights = wire::Observe;
    wire::encode(m_hello, hello);
}

void tst_OtherUser::theOwnerIsServed()
{
    QCOMPARE(as(owner, [&] { return knock(m_path.constData(), m_hello); }), servedExit);
}

void tst_OtherUser::theDoorIsShut_data()
{
    QTest::addColumn<bool>("list");
    QTest::addColumn<bool>("card");
    QTest::newRow("connecting") << false << false;
    QTest::newRow("listing the directory") << true << false;
    QTest::newRow("reading the card") << false << true;
}

void tst_OtherUser::theDoorIsShut()
{
    QFETCH(const bool, list);
    QFETCH(const bool, card);
    const QByteArray directory = QFile::encodeName(QFileInfo(QFile::decodeName(m_path)).path());
    const QByteArray cardPath = m_path.chopped(4) + "json";
    QVERIFY(QFileInfo::exists(QFile::decodeName(cardPath)));
    const auto attempt = [&] {
        if (list)
            return ::opendir(directory.constData()) ? 0 : errno;
        if (card)
            return ::open(cardPath.constData(), O_RDONLY | O_CLOEXEC) >= 0 ? 0 : errno;
        return knock(m_path.constData(), m_hello);
    };
    QCOMPARE(as(stranger, attempt), EACCES);
}

// As if the directory had been opened by mistake after the agent had looked at it.
void tst_OtherUser::whoGetsThroughTheDoorIsToldNothing()
{
    const QByteArray directory = QFile::encodeName(QFileInfo(QFile::decodeName(m_path)).path());
    const QByteArray above = QFile::encodeName(QFileInfo(QFile::decodeName(directory)).path());
    for (const QByteArray &opened : {above, directory})
        QCOMPARE(::chmod(opened.constData(), 0777), 0);
    QCOMPARE(::chmod(m_path.constData(), 0777), 0);
    const int answer = as(stranger, [&] { return knock(m_path.constData(), m_hello); });
    for (const QByteArray &opened : {above, directory})
        QCOMPARE(::chmod(opened.constData(), 0700), 0);
    QCOMPARE(answer, silentExit);
    QCOMPARE(as(owner, [&] { return knock(m_path.constData(), m_hello); }), servedExit);
}

int main(int argc, char **argv)
{
    // The application is made before Qt has any thread here.
    char place[] = "/tmp/otheruser-XXXXXX";
    int told[2] = {-1, -1};
    int alive[2] = {-1, -1};
    QByteArray path;
    pid_t application = -1;
    if (::geteuid() == 0 && ::mkdtemp(place) && ::chown(place, owner, owner) == 0 && ::pipe(told) == 0 &&
        ::pipe(alive) == 0) {
        application = ::fork();
        if (application == 0) {
            ::close(alive[1]);
            ::close(told[0]);
            ::_exit(beInspected(argc, argv, place, told[1], alive[0]));
        }
        ::close(told[1]);
        path.resize(200);
        path.truncate(qMax<qsizetype>(0, ::read(told[0], path.data(), size_t(path.size()))));
    }
    QCoreApplication app(argc, argv);
    tst_OtherUser test(path);
    int result = QTest::qExec(&test, argc, argv);
    if (application > 0) {
        ::close(alive[1]);
        int status = 0;
        ::waitpid(application, &status, 0);
        result += WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
        QDir(QFile::decodeName(place)).removeRecursively();
    }
    return result;
}

#include "tst_otheruser.moc"
