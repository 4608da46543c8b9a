#include "libnet/wire/rendezvous.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace net::wire {

namespace {

constexpr qint64 longestCard = 64 * 1024;
constexpr auto longestSocketName = "/4194304.sock"_L1; // the kernel's largest pid

QString errorText(int errorNumber)
{
    return QString::fromLocal8Bit(std::strerror(errorNumber));
}

std::optional<AgentCard> readCard(const QString &path)
{
    // Somebody's pipe would never be opened.
    if (const QFileInfo facts(path); facts.isSymLink() || !facts.isFile())
        return {};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > longestCard)
        return {};
    const QJsonObject object = QJsonDocument::fromJson(file.read(longestCard)).object();
    AgentCard card;
    card.pid = object["pid"_L1].toInteger();
    card.name = object["name"_L1].toString();
    card.startTime = object["startTime"_L1].toInteger();
    card.protocol = quint16(object["protocol"_L1].toInt());
    card.socket = object["socket"_L1].toString();
    card.parent = object["parent"_L1].toInteger();
    card.startTicks = object["startTicks"_L1].toInteger();
    if (card.pid <= 0 || card.socket.isEmpty())
        return {};
    return card;
}

// A pid is given again once its process is gone.
bool isOfTheLiving(const AgentCard &card)
{
    if (!processIsAlive(card.pid))
        return false;
    const qint64 ticks = card.startTicks ? processStartTicks(card.pid) : 0;
    return !ticks || ticks == card.startTicks;
}

// The pid that "<pid>.sock" and "<pid>.json" speak of; 0 for any other name.
qint64 pidOf(const QString &fileName)
{
    const qsizetype dot = fileName.indexOf(u'.');
    const QStringView suffix = QStringView(fileName).sliced(std::max<qsizetype>(dot, 0));
    bool isNumber = false;
    const qint64 pid = QStringView(fileName).first(std::max<qsizetype>(dot, 0)).toLongLong(&isNumber);
    return isNumber && (suffix == ".sock"_L1 || suffix == ".json"_L1) ? pid : 0;
}

} // namespace

QString Rendezvous::defaultDirectory()
{
    const QString runtime = QFile::decodeName(::secure_getenv("XDG_RUNTIME_DIR"));
    QString directory = runtime + "/libnet-inspect"_L1;
    const qsizetype size = directory.toLocal8Bit().size() + longestSocketName.size();
    if (runtime.startsWith(u'/') && size < qsizetype(sizeof(sockaddr_un::sun_path)))
        return directory;
    return u"/tmp/libnet-inspect-%1"_s.arg(::geteuid());
}

QString Rendezvous::socketPath(qint64 pid) const
{
    return u"%1/%2.sock"_s.arg(m_directory, QString::number(pid));
}

QString Rendezvous::cardPath(qint64 pid) const
{
    return u"%1/%2.json"_s.arg(m_directory, QString::number(pid));
}

QString Rendezvous::prepare() const
{
    if (::mkdir(QFile::encodeName(m_directory).constData(), 0700) != 0 && errno != EEXIST)
        return u"cannot create %1: %2"_s.arg(m_directory, errorText(errno));
    return check();
}

QString Rendezvous::check() const
{
    struct stat facts
    {
    };
    if (::lstat(QFile::encodeName(m_directory).constData(), &facts) != 0)
        return errno == ENOENT ? QString() : u"cannot read %1: %2"_s.arg(m_directory, errorText(errno));
    if (!S_ISDIR(facts.st_mode))
        return u"%1 is not a directory"_s.arg(m_directory);
    if (facts.st_uid != ::geteuid())
        return u"%1 belongs to another user"_s.arg(m_directory);
    if ((facts.st_mode & 077) != 0)
        return u"%1 is open to other users"_s.arg(m_directory);
    return {};
}

QString Rendezvous::publish(const AgentCard &card) const
{
    const QJsonObject object{{u"pid"_s, card.pid},
                             {u"name"_s, card.name},
                             {u"startTime"_s, card.startTime},
                             {u"protocol"_s, card.protocol},
                             {u"socket"_s, card.socket},
                             {u"parent"_s, card.parent},
                             {u"startTicks"_s, card.startTicks}};
    // QSaveFile would replace what a link leads to.
    if (QFileInfo(cardPath(card.pid)).isSymLink())
        QFile::remove(cardPath(card.pid));
    QSaveFile file(cardPath(card.pid));
    if (!file.open(QIODevice::WriteOnly))
        return u"cannot write %1: %2"_s.arg(file.fileName(), file.errorString());
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(QJsonDocument(object).toJson());
    if (!file.commit())
        return u"cannot write %1: %2"_s.arg(file.fileName(), file.errorString());
    return {};
}

void Rendezvous::withdraw(qint64 pid) const
{
    ::unlink(QFile::encodeName(cardPath(pid)).constData());
    ::unlink(QFile::encodeName(socketPath(pid)).constData());
}

QList<AgentCard> Rendezvous::agents() const
{
    QList<AgentCard> cards;
    if (!check().isEmpty())
        return cards;
    const QStringList names = QDir(m_directory).entryList({u"*.json"_s}, QDir::Files);
    for (const QString &name : names) {
        const auto card = readCard(m_directory + u'/' + name);
        if (card && card->pid == pidOf(name) && isOfTheLiving(*card))
            cards.append(*card);
    }
    std::sort(cards.begin(), cards.end(), [](const AgentCard &a, const AgentCard &b) { return a.pid < b.pid; });
    return cards;
}

void Rendezvous::sweep() const
{
    if (!check().isEmpty())
        return;
    const QStringList names = QDir(m_directory).entryList(QDir::Files | QDir::System);
    for (const QString &name : names) {
        const qint64 pid = pidOf(name);
        if (pid <= 0)
            continue;
        const auto card = readCard(cardPath(pid));
        if (card && card->pid == pid ? !isOfTheLiving(*card) : !processIsAlive(pid))
            withdraw(pid);
    }
}

bool processIsAlive(qint64 pid)
{
    return pid > 0 && (::kill(pid_t(pid), 0) == 0 || errno == EPERM);
}

qint64 processStartTicks(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    // The second field is the program's name in brackets and may hold blanks and brackets itself.
    const QByteArray line = file.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    constexpr qsizetype startTimeField = 19; // 22 in the manual, which counts from 1 and has pid and name before
    if (fields.size() <= startTimeField)
        return 0;
    return fields.at(startTimeField).toLongLong();
}

qint64 processStartTime(qint64 pid)
{
    const qint64 ticks = processStartTicks(pid);
    if (!ticks)
        return 0;
    const qint64 sinceBoot = ticks * 1000 / ::sysconf(_SC_CLK_TCK);
    timespec realtime{};
    timespec boottime{};
    ::clock_gettime(CLOCK_REALTIME, &realtime);
    ::clock_gettime(CLOCK_BOOTTIME, &boottime);
    const auto milliseconds = [](const timespec &time) {
        return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1000000;
    };
    return milliseconds(realtime) - milliseconds(boottime) + sinceBoot;
}

} // namespace net::wire
