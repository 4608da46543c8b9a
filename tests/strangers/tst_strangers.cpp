// Programs that never heard of libnet talk to examples/echo.
#include "tests/strangers/servedprocess.h"

#include <QStandardPaths>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// Where the echo example is to listen.
enum class Place { IPv4, IPv6, Local };
Q_DECLARE_METATYPE(Place)

class tst_Strangers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void netcatGetsEverythingBack_data() { places(); }
    void netcatGetsEverythingBack();
    void socatGetsEverythingBackAfterItsOwnEnd_data() { places(); }
    void socatGetsEverythingBackAfterItsOwnEnd();
    void curlGetsAProperAnswer_data() { places(); }
    void curlGetsAProperAnswer();
    void nodeSeesTheEventsItKnows_data() { places(); }
    void nodeSeesTheEventsItKnows();

private:
    static void places();
    bool findProgram(const QString &name, const QString &package);
    bool startEcho(const QStringList &moreArguments = {});
    QString path() const { return m_folder->filePath(u"echo.sock"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServedProcess> m_echo;
    QString m_program;
    Place m_place = Place::IPv4;
};

// A mebibyte in which every position can be told from its neighbours.
static QByteArray payload(qsizetype size = 1 << 20)
{
    QByteArray bytes;
    for (int number = 0; bytes.size() < size; ++number)
        bytes += QByteArray::number(number) + '\n';
    bytes.truncate(size);
    return bytes;
}

static bool hasIPv6()
{
    return QTcpServer().listen(QHostAddress::LocalHostIPv6);
}

void tst_Strangers::places()
{
    QTest::addColumn<Place>("place");
    QTest::newRow("IPv4") << Place::IPv4;
    QTest::newRow("IPv6") << Place::IPv6;
    QTest::newRow("local") << Place::Local;
}

void tst_Strangers::init()
{
    QFETCH(Place, place);
    m_place = place;
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    if (place == Place::IPv6 && !hasIPv6())
        QSKIP("this machine has no IPv6 loopback address");
}

void tst_Strangers::cleanup()
{
    const bool endedWell = !m_echo || m_echo->stop();
    m_echo.reset();
    QVERIFY2(endedWell, "echo has died, or does not end well");
    QVERIFY2(!m_folder || !QFile::exists(path()), "echo left its path behind");
}

bool tst_Strangers::findProgram(const QString &name, const QString &package)
{
    m_program = QStandardPaths::findExecutable(name);
    if (m_program.isEmpty())
        QTest::qSkip(qPrintable(u"%1 is missing: it is in the package %2"_s.arg(name, package)), __FILE__, __LINE__);
    return !m_program.isEmpty();
}

bool tst_Strangers::startEcho(const QStringList &moreArguments)
{
    QStringList arguments = moreArguments;
    if (m_place == Place::Local)
        arguments += {u"--path"_s, path()};
    else
        arguments += {u"--host"_s, m_place == Place::IPv4 ? u"127.0.0.1"_s : u"::1"_s, u"--port"_s, u"0"_s};
    m_echo = std::make_unique<ServedProcess>(QStringLiteral(ECHO_PROGRAM), arguments);
    return QTest::qVerify(m_echo->error().isEmpty(), "echo listens", qPrintable(m_echo->error()), __FILE__, __LINE__);
}

void tst_Strangers::netcatGetsEverythingBack()
{
    if (!findProgram(u"nc"_s, u"netcat-openbsd"_s) || !startEcho())
        return;
    QStringList arguments = {u"-N"_s}; // shut down our side at the end of the input, and read on
    if (m_place == Place::Local)
        arguments += {u"-U"_s, path()};
    else
        arguments += {m_place == Place::IPv4 ? u"127.0.0.1"_s : u"::1"_s, m_echo->port()};
    const Finished nc = runWith(payload(), m_program, arguments);
    QCOMPARE(nc.errors, QByteArray());
    QCOMPARE(nc.exitCode, 0);
    QVERIFY(nc.output == payload());
}

void tst_Strangers::socatGetsEverythingBackAfterItsOwnEnd()
{
    if (!findProgram(u"socat"_s, u"socat"_s) || !startEcho())
        return;
    QString address = u"UNIX-CONNECT:"_s + path();
    if (m_place == Place::IPv4)
        address = u"TCP4:127.0.0.1:"_s + m_echo->port();
    else if (m_place == Place::IPv6)
        address = u"TCP6:[::1]:"_s + m_echo->port();
    const Finished socat = runWith(payload(), m_program, {u"-t"_s, u"20"_s, u"-"_s, address});
    QCOMPARE(socat.errors, QByteArray());
    QCOMPARE(socat.exitCode, 0);
    QVERIFY(socat.output == payload());
}

void tst_Strangers::curlGetsAProperAnswer()
{
    if (!findProgram(u"curl"_s, u"curl"_s) || !startEcho({u"--http"_s}))
        return;
    QStringList arguments = {u"-sS"_s, u"--max-time"_s, u"20"_s, u"-w"_s, u" %{http_code} %{http_version}"_s};
    if (m_place == Place::Local)
        arguments += {u"--unix-socket"_s, path(), u"http://localhost/greeting"_s};
    else
        arguments += u"http://%1/greeting"_s.arg(m_echo->address());

    const Finished get = runWith({}, m_program, arguments);
    QCOMPARE(get.errors, QByteArray());
    QCOMPARE(get.output, "GET /greeting HTTP/1.1\n 200 1.1");

    const QByteArray body = payload(300000);
    const Finished post = runWith(body, m_program, arguments + QStringList{u"--data-binary"_s, u"@-"_s});
    QCOMPARE(post.errors, QByteArray());
    QVERIFY(post.output == body + " 200 1.1");
}

void tst_Strangers::nodeSeesTheEventsItKnows()
{
    if (!findProgram(u"node"_s, u"nodejs"_s) || !startEcho())
        return;
    QString options = u"{\"path\":\"%1\"}"_s.arg(path());
    if (m_place == Place::IPv4)
        options = u"{\"host\":\"127.0.0.1\",\"port\":%1}"_s.arg(m_echo->port());
    else if (m_place == Place::IPv6)
        options = u"{\"host\":\"::1\",\"port\":%1}"_s.arg(m_echo->port());
    const Finished node = runWith({}, m_program, {QStringLiteral(NODE_SCRIPT), options});
    QCOMPARE(node.errors, QByteArray());
    QCOMPARE(node.exitCode, 0);
    QCOMPARE(QString::fromUtf8(node.output).split(u'\n', Qt::SkipEmptyParts),
             QStringList({u"connect"_s, u"ready"_s, u"finish"_s, u"4194304 bytes back, the same"_s, u"end"_s,
                          u"close false"_s}));
}

QTEST_GUILESS_MAIN(tst_Strangers)
#include "tst_strangers.moc"
