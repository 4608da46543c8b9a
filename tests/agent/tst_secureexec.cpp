#include "inspectedprocess.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <grp.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

/// A program that runs with more rights than who starts it may not be debugged by that user, and so its agent may not
/// be asked for by that user's environment. Needs root, to make such a program and to be somebody else.
class tst_SecureExec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void whoMayNotDebugMayNotInspect_data();
    void whoMayNotDebugMayNotInspect();
};

static constexpr uid_t user = 47110;
static constexpr gid_t privileged = 47112;

void tst_SecureExec::initTestCase()
{
    if (::geteuid() != 0)
        QSKIP("needs root, to make a setgid program and to start it as somebody else");
    struct statvfs facts
    {
    };
    QCOMPARE(::statvfs(QFile::encodeName(QDir::tempPath()).constData(), &facts), 0);
    if (facts.f_flag & ST_NOSUID)
        QSKIP("no program is setgid in the folder for temporary files here");
}

void tst_SecureExec::whoMayNotDebugMayNotInspect_data()
{
    QTest::addColumn<bool>("setgid");
    QTest::newRow("an ordinary program") << false;
    QTest::newRow("a setgid program") << true;
}

void tst_SecureExec::whoMayNotDebugMayNotInspect()
{
    QFETCH(const bool, setgid);
    const QTemporaryDir place;
    const QString program = place.filePath(u"application"_s);
    const QString runtime = place.filePath(u"runtime"_s);
    QVERIFY(QFile::copy(QStringLiteral(INSPECTED_APP), program) && QDir().mkdir(runtime));
    QCOMPARE(::chmod(QFile::encodeName(place.path()).constData(), 0755), 0);
    QCOMPARE(::chown(QFile::encodeName(runtime).constData(), user, user), 0);
    QCOMPARE(::chmod(QFile::encodeName(runtime).constData(), 0700), 0);
    QCOMPARE(::chown(QFile::encodeName(program).constData(), 0, privileged), 0);
    QCOMPARE(::chmod(QFile::encodeName(program).constData(), setgid ? 02755 : 0755), 0);

    InspectedProcess process(runtime);
    process.setVariable(u"LIBNET_INSPECT"_s, u"1"_s);
    process.setVariable(u"LIBNET_INSPECT_PAYLOAD"_s, u"1"_s);
    process.setVariable(u"LIBNET_INSPECT_CONTROL"_s, u"1"_s);
    process.setChildProcessModifier([] {
        if (::setgroups(0, nullptr) != 0 || ::setgid(user) != 0 || ::setuid(user) != 0)
            ::_exit(254);
    });
    if (!process.run(program, {u"1"_s, u"1"_s}))
        QSKIP("somebody else can't run what was built here");
    QCOMPARE(QFile::exists(process.socketPath()), !setgid);
    // Nor in the folder that it would take instead of one it doesn't trust.
    QVERIFY(!QFile::exists(u"/tmp/libnet-inspect-%1/%2.sock"_s.arg(user).arg(process.processId())));
}

QTEST_GUILESS_MAIN(tst_SecureExec)
#include "tst_secureexec.moc"
