#include "libnet/wire/peercredentials.h"
#include "libnet/wire/rendezvous.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace net::wire;
using namespace Qt::StringLiterals;

/// Agents and inspectors meet in a directory that is theirs alone.
class tst_Rendezvous : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void directoryIsMadeForTheUserAlone();
    void directoryOpenToOthersIsRefused();
    void linkIsRefused();
    void fileIsRefused();
    void directoryOfAnotherUserIsRefused();
    void missingDirectoryHasNoAgents();
    void runtimeDirectoryThatIsTooLongIsNotUsed();
    void publishedCardIsFoundUntilWithdrawn();
    void cardReplacesWhatIsThere_data();
    void cardReplacesWhatIsThere();
    void folderInPlaceOfTheCardIsRefused();
    void withdrawingALinkLeavesWhatItLeadsTo();
    void cardOfADeadProcessIsSweptAway();
    void cardOfAnEarlierProcessIsSweptAway();
    void cardThatIsNoCardIsIgnored();
    void whatIsNoFileIsNoCard();
    void startTimeOfThisProcessIsKnown();
    void peerOfALocalSocketIsThisUser();
    void strangersAreNotTrusted();

private:
    static void write(const QString &path, const QByteArray &content);
    static QByteArray read(const QString &path);

    std::unique_ptr<QTemporaryDir> m_place;
    std::unique_ptr<Rendezvous> m_rendezvous;
};

void tst_Rendezvous::init()
{
    m_place = std::make_unique<QTemporaryDir>();
    m_rendezvous = std::make_unique<Rendezvous>(m_place->filePath(u"meet"_s));
}

void tst_Rendezvous::write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray tst_Rendezvous::read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void tst_Rendezvous::directoryIsMadeForTheUserAlone()
{
    QCOMPARE(m_rendezvous->prepare(), QString());
    struct stat facts
    {
    };
    QCOMPARE(::stat(QFile::encodeName(m_rendezvous->directory()).constData(), &facts), 0);
    QCOMPARE(int(facts.st_mode & 0777), 0700);
    QCOMPARE(m_rendezvous->prepare(), QString());
}

void tst_Rendezvous::directoryOpenToOthersIsRefused()
{
    for (const int mode : {0750, 0701, 0777}) {
        QVERIFY(QDir().mkpath(m_rendezvous->directory()));
        QCOMPARE(::chmod(QFile::encodeName(m_rendezvous->directory()).constData(), mode_t(mode)), 0);
        QVERIFY(m_rendezvous->prepare().contains("is open to other users"_L1));
        QVERIFY(m_rendezvous->check().contains("is open to other users"_L1));
    }
}

void tst_Rendezvous::linkIsRefused()
{
    const QString target = m_place->filePath(u"target"_s);
    QCOMPARE(Rendezvous(target).prepare(), QString());
    QVERIFY(QFile::link(target, m_rendezvous->directory()));
    QVERIFY(m_rendezvous->prepare().contains("is not a directory"_L1));
}

void tst_Rendezvous::fileIsRefused()
{
    QFile file(m_rendezvous->directory());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(m_rendezvous->prepare().contains("is not a directory"_L1));
}

void tst_Rendezvous::directoryOfAnotherUserIsRefused()
{
    if (::geteuid() != 0)
        QSKIP("only root can give a directory away");
    QCOMPARE(m_rendezvous->prepare(), QString());
    QCOMPARE(::chown(QFile::encodeName(m_rendezvous->directory()).constData(), 65534, 65534), 0);
    QVERIFY(m_rendezvous->prepare().contains("belongs to another user"_L1));
    QVERIFY(m_rendezvous->agents().isEmpty());
}

void tst_Rendezvous::missingDirectoryHasNoAgents()
{
    QCOMPARE(m_rendezvous->check(), QString());
    QVERIFY(m_rendezvous->agents().isEmpty());
}

void tst_Rendezvous::runtimeDirectoryThatIsTooLongIsNotUsed()
{
    const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
    qputenv("XDG_RUNTIME_DIR", "/run/somewhere");
    QCOMPARE(Rendezvous::defaultDirectory(), u"/run/somewhere/libnet-inspect"_s);
    qputenv("XDG_RUNTIME_DIR", QByteArray(90, 'x').prepend('/'));
    QCOMPARE(Rendezvous::defaultDirectory(), u"/tmp/libnet-inspect-%1"_s.arg(::geteuid()));
    qputenv("XDG_RUNTIME_DIR", "relative");
    QCOMPARE(Rendezvous::defaultDirectory(), u"/tmp/libnet-inspect-%1"_s.arg(::geteuid()));
    qputenv("XDG_RUNTIME_DIR", before);
}

void tst_Rendezvous::publishedCardIsFoundUntilWithdrawn()
{
    QCOMPARE(m_rendezvous->prepare(), QString());
    const AgentCard card{.pid = ::getpid(),
                         .name = u"tést"_s,
                         .startTime = 1700000000123,
                         .protocol = 1,
                         .socket = m_rendezvous->socketPath(::getpid())};
    QCOMPARE(m_rendezvous->publish(card), QString());
    QCOMPARE(m_rendezvous->agents(), QList<AgentCard>{card});
    m_rendezvous->withdraw(::getpid());
    QVERIFY(m_rendezvous->agents().isEmpty());
    QVERIFY(QDir(m_rendezvous->directory()).isEmpty());
}

void tst_Rendezvous::cardReplacesWhatIsThere_data()
{
    QTest::addColumn<bool>("link");
    QTest::addColumn<QString>("target");
    QTest::newRow("file") << false << QString();
    QTest::newRow("link to a file") << true << u"secret"_s;
    QTest::newRow("link to nothing") << true << u"nothing"_s;
    QTest::newRow("link to itself") << true << u"%1.json"_s.arg(::getpid());
}

// Whoever may write there is this user, but what a link leads to may be anything of theirs.
void tst_Rendezvous::cardReplacesWhatIsThere()
{
    QFETCH(bool, link);
    QFETCH(QString, target);
    QCOMPARE(m_rendezvous->prepare(), QString());
    const AgentCard card{.pid = ::getpid(), .socket = m_rendezvous->socketPath(::getpid())};
    write(m_rendezvous->directory() + "/secret"_L1, "secret");
    if (link)
        QVERIFY(QFile::link(m_rendezvous->directory() + u'/' + target, m_rendezvous->cardPath(::getpid())));
    else
        write(m_rendezvous->cardPath(::getpid()), "{}");
    QCOMPARE(m_rendezvous->publish(card), QString());
    QCOMPARE(m_rendezvous->agents(), QList<AgentCard>{card});
    QVERIFY(!QFileInfo(m_rendezvous->cardPath(::getpid())).isSymLink());
    QCOMPARE(QDir(m_rendezvous->directory()).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot),
             (QStringList{u"%1.json"_s.arg(::getpid()), u"secret"_s}));
    QCOMPARE(read(m_rendezvous->directory() + "/secret"_L1), "secret");
}

void tst_Rendezvous::folderInPlaceOfTheCardIsRefused()
{
    QVERIFY(m_rendezvous->prepare().isEmpty() && QDir().mkdir(m_rendezvous->cardPath(::getpid())));
    QVERIFY(m_rendezvous->publish({.pid = ::getpid(), .socket = u"/x"_s}).contains("cannot write"_L1));
    QVERIFY(QFileInfo(m_rendezvous->cardPath(::getpid())).isDir());
}

void tst_Rendezvous::withdrawingALinkLeavesWhatItLeadsTo()
{
    QCOMPARE(m_rendezvous->prepare(), QString());
    const QString secret = m_place->filePath(u"secret"_s);
    write(secret, "secret");
    QVERIFY(QFile::link(secret, m_rendezvous->cardPath(::getpid())));
    QVERIFY(QFile::link(secret, m_rendezvous->socketPath(::getpid())));
    m_rendezvous->withdraw(::getpid());
    QVERIFY(QDir(m_rendezvous->directory()).isEmpty());
    QCOMPARE(read(secret), "secret");
}

void tst_Rendezvous::cardOfADeadProcessIsSweptAway()
{
    QCOMPARE(m_rendezvous->prepare(), QString());
    QProcess process;
    process.start(u"true"_s);
    QVERIFY(process.waitForStarted());
    const qint64 dead = process.processId();
    QVERIFY(process.waitForFinished());
    for (const qint64 pid : {dead, qint64(::getpid())})
        QCOMPARE(m_rendezvous->publish({.pid = pid, .socket = m_rendezvous->socketPath(pid)}), QString());
    QFile unrelated(m_rendezvous->directory() + "/notes.txt"_L1);
    QVERIFY(unrelated.open(QIODevice::WriteOnly));
    QCOMPARE(m_rendezvous->agents().size(), 1);
    m_rendezvous->sweep();
    QVERIFY(!QFile::exists(m_rendezvous->cardPath(dead)));
    QVERIFY(QFile::exists(m_rendezvous->cardPath(::getpid())));
    QVERIFY(unrelated.exists());
}

// Ids come round.
void tst_Rendezvous::cardOfAnEarlierProcessIsSweptAway()
{
    QCOMPARE(m_rendezvous->prepare(), QString());
    const qint64 ticks = processStartTicks(::getpid());
    QVERIFY(ticks > 0);
    AgentCard card{.pid = ::getpid(), .socket = m_rendezvous->socketPath(::getpid()), .startTicks = ticks};
    QCOMPARE(m_rendezvous->publish(card), QString());
    m_rendezvous->sweep();
    QCOMPARE(m_rendezvous->agents(), QList<AgentCard>{card});
    card.startTicks -= 1;
    QCOMPARE(m_rendezvous->publish(card), QString());
    QVERIFY(m_rendezvous->agents().isEmpty());
    m_rendezvous->sweep();
    QVERIFY(!QFile::exists(m_rendezvous->cardPath(::getpid())));
}

void tst_Rendezvous::whatIsNoFileIsNoCard()
{
    QCOMPARE(m_rendezvous->prepare(), QString());
    const QByteArray pipe = QFile::encodeName(m_place->filePath(u"pipe"_s));
    const QByteArray path = QFile::encodeName(m_rendezvous->cardPath(::getpid()));
    QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
    QCOMPARE(::symlink(pipe.constData(), path.constData()), 0);
    QVERIFY(m_rendezvous->agents().isEmpty()); // and does not wait for somebody to write
    QVERIFY(QFile::remove(m_rendezvous->cardPath(::getpid())));
    QCOMPARE(::mkfifo(path.constData(), 0600), 0);
    QVERIFY(m_rendezvous->agents().isEmpty());
    m_rendezvous->sweep();
}

void tst_Rendezvous::cardThatIsNoCardIsIgnored()
{
    QCOMPARE(m_rendezvous->prepare(), QString());
    for (const QByteArray &content : {QByteArray(), QByteArray("{"), QByteArray("[1]"), QByteArray("{\"pid\": 1}")}) {
        QFile file(m_rendezvous->cardPath(::getpid()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        QVERIFY(m_rendezvous->agents().isEmpty());
    }
}

void tst_Rendezvous::startTimeOfThisProcessIsKnown()
{
    const qint64 start = processStartTime(::getpid());
    QVERIFY(start > QDateTime::currentMSecsSinceEpoch() - 600'000);
    QVERIFY(start < QDateTime::currentMSecsSinceEpoch() + 1000);
    QCOMPARE(processStartTime(-1), 0);
}

void tst_Rendezvous::peerOfALocalSocketIsThisUser()
{
    int ends[2];
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    const auto peer = peerCredentials(ends[0]);
    ::close(ends[0]);
    ::close(ends[1]);
    QCOMPARE(peer, (PeerCredentials{::getpid(), ::geteuid()}));
    QVERIFY(peer->isTrusted());
}

void tst_Rendezvous::strangersAreNotTrusted()
{
    QVERIFY(!(PeerCredentials{1, ::geteuid() + 1}.isTrusted()));
    QVERIFY((PeerCredentials{1, 0}.isTrusted()));
    const int tcp = ::socket(AF_INET, SOCK_STREAM, 0);
    QVERIFY(!peerCredentials(tcp));
    ::close(tcp);
    QVERIFY(!peerCredentials(-1));
}

QTEST_GUILESS_MAIN(tst_Rendezvous)
#include "tst_rendezvous.moc"
