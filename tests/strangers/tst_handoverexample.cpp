// examples/handover as its user runs it: requests, and who has answered them.
#include "tests/strangers/servedprocess.h"

#include <QTcpSocket>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

/// Connections that are served in another process, or another thread, than the one that has accepted them.
class tst_HandoverExample : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aChildIsChosenByTheRequest();
    void aRequestMayComeInPieces();
    void aClientIsSentAwayIfTheChildIsGone();
    void threadsServeInTurns();
    void threadsThatListenThemselvesServe();

private:
    static QByteArray ask(const ServedProcess &example, const QByteArray &path);
};

// The last line of the answer: who it was.
QByteArray tst_HandoverExample::ask(const ServedProcess &example, const QByteArray &path)
{
    QTcpSocket client;
    client.connectToHost(u"127.0.0.1"_s, example.port().toUShort());
    client.write("GET " + path + " HTTP/1.1\r\nHost: here\r\n\r\n");
    if (client.waitForConnected())
        client.waitForDisconnected();
    return client.readAll().trimmed().split('\n').last();
}

void tst_HandoverExample::aChildIsChosenByTheRequest()
{
    ServedProcess example(QStringLiteral(HANDOVER_PROGRAM), {u"--port"_s, u"0"_s});
    QCOMPARE(example.error(), QString());
    const QByteArray one = ask(example, "/one");
    const QByteArray two = ask(example, "/two");
    QVERIFY2(one.startsWith("child for /one, process "), one.constData());
    QVERIFY2(two.startsWith("child for /two, process "), two.constData());
    QVERIFY(one.split(' ').last() != two.split(' ').last());
    QCOMPARE(ask(example, "/one"), one);
    QVERIFY(example.stop());
}

void tst_HandoverExample::aRequestMayComeInPieces()
{
    ServedProcess example(QStringLiteral(HANDOVER_PROGRAM), {u"--port"_s, u"0"_s});
    QCOMPARE(example.error(), QString());
    QTcpSocket slow;
    slow.connectToHost(u"127.0.0.1"_s, example.port().toUShort());
    slow.write("GET /o");
    QVERIFY(slow.waitForBytesWritten());
    // Others are served meanwhile.
    const QByteArray one = ask(example, "/one");
    slow.write("ne HTTP/1.1\r\n\r\n");
    slow.waitForDisconnected();
    QCOMPARE(slow.readAll().trimmed().split('\n').last(), one);
    QVERIFY(example.stop());
}

void tst_HandoverExample::aClientIsSentAwayIfTheChildIsGone()
{
    ServedProcess example(QStringLiteral(HANDOVER_PROGRAM), {u"--port"_s, u"0"_s});
    QCOMPARE(example.error(), QString());
    ::kill(ask(example, "/one").split(' ').last().toInt(), SIGKILL);
    // Once the parent knows. Never without an end.
    QTRY_COMPARE(ask(example, "/one"), QByteArray());
    QVERIFY(ask(example, "/two").startsWith("child for /two"));
    QVERIFY(example.stop());
}

void tst_HandoverExample::threadsServeInTurns()
{
    ServedProcess example(QStringLiteral(HANDOVER_PROGRAM), {u"--port"_s, u"0"_s, u"--threads"_s, u"3"_s});
    QCOMPARE(example.error(), QString());
    QByteArrayList served;
    for (int i = 0; i < 6; ++i)
        served.append(ask(example, "/"));
    QCOMPARE(served, QByteArrayList({"thread 1", "thread 2", "thread 3", "thread 1", "thread 2", "thread 3"}));
    QVERIFY(example.stop());
}

// The kernel chooses, by the ports of both ends: of many all have some.
void tst_HandoverExample::threadsThatListenThemselvesServe()
{
    ServedProcess example(QStringLiteral(HANDOVER_PROGRAM),
                          {u"--port"_s, u"0"_s, u"--threads"_s, u"2"_s, u"--reuse-port"_s});
    QCOMPARE(example.error(), QString());
    QVERIFY(example.readLine().startsWith("listening on "_L1)); // the second
    QSet<QByteArray> served;
    for (int i = 0; i < 200 && served.size() < 2; ++i)
        served.insert(ask(example, "/"));
    QCOMPARE(served, QSet<QByteArray>({"thread 1", "thread 2"}));
    QVERIFY(example.stop());
}

QTEST_GUILESS_MAIN(tst_HandoverExample)
#include "tst_handoverexample.moc"
