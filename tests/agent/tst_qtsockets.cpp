#include "testinspector.h"

#include "libnet/wire/rendezvous.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace net::wire;
using namespace Qt::StringLiterals;

/// examples/qtsockets, a program of plain QTcpSockets with one line added for each, as an inspector sees it.
class tst_QtSockets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void theServerAndBothEndsAreThere();
    void bothEndsCountTheSame();
    void whatArrivesCanBeFollowed();

private:
    /// The id of the subject with this name, or of the accepted socket without one.
    quint64 find(const QString &name) const;

    QTemporaryDir m_place;
    QProcess m_application;
    std::unique_ptr<TestInspector> m_inspector;
};

void tst_QtSockets::initTestCase()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_place.path());
    environment.insert(u"LIBNET_INSPECT"_s, u"1"_s);
    environment.insert(u"LIBNET_INSPECT_PAYLOAD"_s, u"1"_s);
    m_application.setProcessEnvironment(environment);
    m_application.start(QStringLiteral(QTSOCKETS), QStringList());
    QVERIFY(m_application.waitForStarted());
    const Rendezvous rendezvous(m_place.path() + "/libnet-inspect"_L1);
    QTRY_COMPARE_WITH_TIMEOUT(rendezvous.agents().size(), 1, 20000);
    m_inspector = std::make_unique<TestInspector>(rendezvous.agents().constFirst().socket);
    QVERIFY(m_inspector->attach(TestInspector::hello(Observe | SeePayload)));
    QTRY_VERIFY_WITH_TIMEOUT(find({}) != 0, 20000);
}

void tst_QtSockets::cleanupTestCase()
{
    m_application.terminate();
    QVERIFY(m_application.waitForFinished());
    QCOMPARE(m_application.exitCode(), 0);
}

quint64 tst_QtSockets::find(const QString &name) const
{
    for (auto it = m_inspector->subjects.cbegin(); it != m_inspector->subjects.cend(); ++it) {
        if (it->name == name)
            return it.key();
    }
    return 0;
}

void tst_QtSockets::theServerAndBothEndsAreThere()
{
    QCOMPARE(m_inspector->subjects.size(), 3);
    const quint64 server = find(u"answers"_s);
    const quint64 client = find(u"asks"_s);
    QVERIFY(server && client);
    QCOMPARE(m_inspector->counters(server).state, State::Listening);
    QCOMPARE(m_inspector->counters(client).state, State::Open);
    QCOMPARE(m_inspector->subjects[find({})].record.server, server);
    QCOMPARE(m_inspector->subjects[client].record.remotePort, m_inspector->subjects[server].record.localPort);
}

void tst_QtSockets::bothEndsCountTheSame()
{
    const quint64 accepted = find({});
    const quint64 client = find(u"asks"_s);
    const auto agree = [&] {
        const CounterRecord &asked = m_inspector->counters(client);
        const CounterRecord &answered = m_inspector->counters(accepted);
        return asked.sent >= 13 * 5 && asked.sent == answered.received && answered.sent == asked.received &&
               asked.sent == asked.received;
    };
    QTRY_VERIFY_WITH_TIMEOUT(agree(), 20000);
}

void tst_QtSockets::whatArrivesCanBeFollowed()
{
    const quint64 client = find(u"asks"_s);
    m_inspector->capture(client, true);
    const auto heard = [&] {
        for (const Payload &piece : std::as_const(m_inspector->payload)) {
            if (piece.record.direction == Direction::Received && piece.bytes == "HOW ARE YOU?\n")
                return true;
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(heard(), 20000);
}

QTEST_GUILESS_MAIN(tst_QtSockets)
#include "tst_qtsockets.moc"
