#include "inspector/exports/openmetrics.h"
#include "inspector/window/commandline.h"
#include "inspector/window/metricsserver.h"
#include "scene.h"

#include <QRegularExpression>
#include <QSet>
#include <QTcpSocket>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

/// Counters for Prometheus: the text, and who gets it.
class tst_Metrics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countersAreThoseOfTheTable();
    void whatIsOverIsNotThere();
    void labelsAreQuoted();
    void theTextIsWellFormed();
    void isServedToThisMachine();
    void refusesWhatIsNoRequestForIt_data();
    void refusesWhatIsNoRequestForIt();
    void hangsUpOnARequestWithoutEnd();
    void saysThatThePortIsTaken();
    void optionIsChecked();

private:
    static QByteArray ask(quint16 port, const QByteArray &request);
};

static void fill(QuietSession &quiet)
{
    quiet.addProcess(1, u"demo"_s, 4711);
    Description server = Scene::server(1, u"echo"_s, 8124);
    quiet.add(1, server);
    CounterRecord counters = Scene::counters(server, 0, 0);
    counters.accepted = 5;
    counters.dropped = 2;
    counters.connections = 1;
    quiet.count(1, counters);
    const Description accepted = Scene::accepted(2, 1, 1000);
    quiet.add(1, accepted);
    counters = Scene::counters(accepted, 100, 23);
    counters.queued = 7;
    quiet.count(1, counters);
    quiet.add(1, Scene::client(3, u"c"_s, 80, State::Connecting));
}

void tst_Metrics::countersAreThoseOfTheTable()
{
    QuietSession quiet;
    fill(quiet);
    const QByteArray text = openMetrics(quiet.session);
    const QByteArray process = "{process=\"demo\",pid=\"4711\"";
    const QByteArray server = process + ",server=\"echo\",local=\"127.0.0.1:8124\",id=\"1\"}";
    for (const QByteArray &line :
         {"libnet_received_bytes_total" + process + "} 100", "libnet_sent_bytes_total" + process + "} 23",
          "libnet_queued_bytes" + process + "} 7", "libnet_sockets" + process + ",state=\"open\"} 1",
          "libnet_sockets" + process + ",state=\"connecting\"} 1", "libnet_server_connections" + server + " 1",
          "libnet_server_accepted_total" + server + " 5", "libnet_server_dropped_total" + server + " 2",
          "libnet_server_received_bytes_total" + server + " 100"})
        QVERIFY2(text.contains('\n' + line + '\n'), (line + "\nis not in\n" + text).constData());
}

void tst_Metrics::whatIsOverIsNotThere()
{
    QuietSession quiet;
    fill(quiet);
    quiet.objects().closeProcess(1, 50);
    QVERIFY(!openMetrics(quiet.session).contains("demo"));
}

void tst_Metrics::labelsAreQuoted()
{
    QuietSession quiet;
    quiet.addProcess(1, u"a \"b\" c:\\d\ne"_s, 1);
    QVERIFY(openMetrics(quiet.session).contains("{process=\"a \\\"b\\\" c:\\\\d\\ne\",pid=\"1\"} 0\n"));
}

// Each line is what the format knows, no series is there twice, and each belongs to the family before it.
void tst_Metrics::theTextIsWellFormed()
{
    QuietSession quiet;
    fill(quiet);
    Description second = Scene::server(9, u"echo"_s, 8124); // the same name, and the same address
    quiet.add(1, second);
    const QString text = QString::fromUtf8(openMetrics(quiet.session));
    QVERIFY(text.endsWith(u"\n# EOF\n"_s));
    static const QRegularExpression meta(u"^# (TYPE|UNIT|HELP) (libnet_[a-z_]+) (.+)$"_s);
    static const QRegularExpression sample(
        u"^(libnet_[a-z_]+?)(_total)?(\\{[a-z]+=\"([^\"\\\\]|\\\\.)*\"(,[a-z]+=\"([^\"\\\\]|\\\\.)*\")*\\}) [0-9.e+-]+$"_s);
    QString family;
    QString type;
    QSet<QString> series;
    QStringList lines = text.chopped(1).split(u'\n');
    lines.removeLast();
    for (const QString &line : std::as_const(lines)) {
        if (const auto match = meta.match(line); match.hasMatch()) {
            if (match.captured(1) == u"TYPE"_s) {
                family = match.captured(2);
                type = match.captured(3);
            }
            QCOMPARE(match.captured(2), family);
            if (match.captured(1) == u"UNIT"_s)
                QVERIFY2(family.endsWith(u'_' + match.captured(3)), qPrintable(line));
            continue;
        }
        const auto match = sample.match(line);
        QVERIFY2(match.hasMatch(), qPrintable(line));
        QCOMPARE(match.captured(1), family);
        QVERIFY2(!match.captured(2).isEmpty() == (type == u"counter"_s), qPrintable(line));
        QVERIFY2(!series.contains(line.section(u"} "_s, 0, 0)), qPrintable(line));
        series.insert(line.section(u"} "_s, 0, 0));
    }
    QVERIFY(series.size() > 10);
}

QByteArray tst_Metrics::ask(quint16 port, const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    socket.write(request);
    return QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }) ? socket.readAll()
                                                                                                : QByteArray();
}

void tst_Metrics::isServedToThisMachine()
{
    QuietSession quiet;
    fill(quiet);
    MetricsServer server(quiet.session);
    QCOMPARE(server.listen(0), QString());
    const QByteArray answer =
        ask(server.port(), "GET /metrics HTTP/1.1\r\nHost: localhost:9464\r\nAccept: */*\r\n\r\n");
    QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.constData());
    QVERIFY(answer.contains("\r\nContent-Type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n"));
    QCOMPARE(answer.mid(answer.indexOf("\r\n\r\n") + 4), openMetrics(quiet.session));
}

void tst_Metrics::refusesWhatIsNoRequestForIt_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("noise") << QByteArray("\1\2\3\r\n\r\n") << QByteArray("400");
    QTest::newRow("method") << QByteArray("POST /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n") << QByteArray("405");
    QTest::newRow("head") << QByteArray("HEAD /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n") << QByteArray("405");
    QTest::newRow("path") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") << QByteArray("404");
    QTest::newRow("elsewhere") << QByteArray("GET /metrics HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n")
                               << QByteArray("403");
}

void tst_Metrics::refusesWhatIsNoRequestForIt()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    QuietSession quiet;
    MetricsServer server(quiet.session);
    QCOMPARE(server.listen(0), QString());
    const QByteArray answer = ask(server.port(), request);
    QVERIFY2(answer.startsWith("HTTP/1.1 " + status), answer.constData());
    QCOMPARE(answer.contains("\r\nAllow: GET\r\n"), status == "405");
}

void tst_Metrics::hangsUpOnARequestWithoutEnd()
{
    QuietSession quiet;
    MetricsServer server(quiet.session);
    QCOMPARE(server.listen(0), QString());
    QCOMPARE(ask(server.port(), QByteArray(100'000, 'x')), QByteArray());
}

void tst_Metrics::saysThatThePortIsTaken()
{
    QuietSession quiet;
    MetricsServer first(quiet.session);
    QCOMPARE(first.listen(0), QString());
    MetricsServer second(quiet.session);
    QVERIFY(!second.listen(first.port()).isEmpty());
}

void tst_Metrics::optionIsChecked()
{
    const CommandLine line = CommandLine::parse({u"x"_s, u"--metrics"_s, u"9464"_s});
    QCOMPARE(line.metrics, quint16(9464));
    QVERIFY(!line.needsWindow());
    QVERIFY(!line.length); // until it is stopped
    QCOMPARE(CommandLine::parse({u"x"_s, u"--metrics"_s, u"70000"_s}).request, CommandLine::Request::Error);
}

QTEST_GUILESS_MAIN(tst_Metrics)
#include "tst_metrics.moc"
