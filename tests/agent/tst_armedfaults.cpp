#include "controlscene.h"

#include <QSignalSpy>
#include <QTest>

using namespace net;
using namespace Qt::StringLiterals;

/// What an armed fault does to a connection, and that nothing is lost by it.
class tst_ArmedFaults : public ControlScene
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void faultsLoseNothingAndKeepTheOrder_data();
    void faultsLoseNothingAndKeepTheOrder();
    void stallHoldsEverythingUntilDisarmed();
    void resetComesAfterSoManyBytes();
    void slowCloseHoldsTheFinOnly();
    void serversFaultsAreInherited();
    void probabilityOfZeroSparesEveryone();
    void destroyedSocketStillSendsWhatWasHeldBack();
};

void tst_ArmedFaults::initTestCase()
{
    QCOMPARE(startAgent({.control = true}), QString());
}

void tst_ArmedFaults::faultsLoseNothingAndKeepTheOrder_data()
{
    QTest::addColumn<QCborMap>("plan");
    QTest::addColumn<int>("size");
    QTest::newRow("latency") << QCborMap{{u"latency"_s, 20}} << 300'000;
    QTest::newRow("jitter") << QCborMap{{u"latency"_s, 1}, {u"jitter"_s, 20}} << 300'000;
    QTest::newRow("bandwidth") << QCborMap{{u"bandwidth"_s, 2'000'000}} << 300'000;
    QTest::newRow("slices of one byte") << QCborMap{{u"slice"_s, 1}} << 500;
    QTest::newRow("slices") << QCborMap{{u"slice"_s, 1000}} << 100'000;
    QTest::newRow("all of them") << QCborMap{{u"latency"_s, 1},
                                             {u"jitter"_s, 3},
                                             {u"bandwidth"_s, 4'000'000},
                                             {u"slice"_s, 3000},
                                             {u"slowClose"_s, 20}}
                                 << 300'000;
}

void tst_ArmedFaults::faultsLoseNothingAndKeepTheOrder()
{
    QFETCH(QCborMap, plan);
    QFETCH(int, size);
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 31 + i / 251);
    QSignalSpy ended(m_client.get(), &Socket::ended);
    QVERIFY(arm(id(*m_client), plan).done);
    QTRY_VERIFY(isArmed(id(*m_client)));
    int callbacks = 0;
    for (qsizetype at = 0; at < size; at += 10'000)
        m_client->write(bytes.mid(at, 10'000), this, [&callbacks](const Error &) { ++callbacks; });
    m_client->end();
    QTRY_COMPARE_WITH_TIMEOUT(m_received.size(), size, 60000);
    QVERIFY(m_received == bytes);
    QTRY_COMPARE(callbacks, (size + 9'999) / 10'000);
    m_peer->end(bytes);
    QTRY_COMPARE_WITH_TIMEOUT(m_answered.size(), size, 60000);
    QVERIFY(m_answered == bytes);
    QTRY_COMPARE(ended.size(), 1);
}

void tst_ArmedFaults::stallHoldsEverythingUntilDisarmed()
{
    QVERIFY(arm(id(*m_client), {{u"stall"_s, 1}}).done);
    m_client->write(QByteArray(100'000, 'x'));
    m_peer->write("answer");
    QTRY_COMPARE(m_inspector->counters(id(*m_client)).queued, 100'000u);
    QTRY_COMPARE(m_inspector->counters(idOf(*m_inspector, u"peer"_s)).sent, 6u);
    QCOMPARE(m_received.size(), 0);
    QCOMPARE(m_answered.size(), 0);
    QVERIFY(m_inspector->command(id(*m_client), u"disarm"_s).done);
    QTRY_COMPARE(m_received.size(), 100'000);
    QTRY_COMPARE(m_answered, "answer");
    QTRY_VERIFY(!isArmed(id(*m_client)));
    QCOMPARE(ordersOf(id(*m_client)), (QList{probe::Verb::Arm, probe::Verb::Disarm}));
}

void tst_ArmedFaults::resetComesAfterSoManyBytes()
{
    QSignalSpy closed(m_client.get(), &Socket::closed);
    QVERIFY(arm(id(*m_client), {{u"resetAfter"_s, 1000}}).done);
    m_client->write(QByteArray(5000, 'x'));
    QTRY_COMPARE(closed.size(), 1);
    QVERIFY(m_received.size() <= 1000);
    QTRY_VERIFY(!m_peer || m_peer->isDestroyed());
}

void tst_ArmedFaults::slowCloseHoldsTheFinOnly()
{
    QSignalSpy ended(m_peer, &Socket::ended);
    QVERIFY(arm(id(*m_client), {{u"slowClose"_s, 60'000}}).done);
    m_client->end("last words");
    QTRY_COMPARE(m_received, "last words");
    QCOMPARE(ended.size(), 0);
    QVERIFY(m_inspector->command(id(*m_client), u"disarm"_s).done);
    QTRY_COMPARE(ended.size(), 1);
}

void tst_ArmedFaults::serversFaultsAreInherited()
{
    const quint64 server = idOf(*m_inspector, u"server"_s);
    QVERIFY(arm(server, {{u"stall"_s, 1}}).done);
    QTRY_VERIFY(isArmed(server));
    m_client->write("spared");
    QTRY_COMPARE(m_received, "spared");
    const QPointer<Socket> before = m_peer;
    const auto other = connected(u"other"_s);
    QTRY_VERIFY(m_peer != before);
    other->write("struck");
    const quint64 peer = idOf(*m_inspector, u"peer"_s);
    QTRY_VERIFY(isArmed(idOf(*m_inspector, u"peer"_s)) && idOf(*m_inspector, u"peer"_s) >= peer);
    QCOMPARE(m_received, "spared");
    QVERIFY(m_inspector->command(server, u"disarm"_s).done);
    QTRY_COMPARE(m_received, "sparedstruck");
    QTRY_VERIFY(!isArmed(server));
    delete before.data();
}

void tst_ArmedFaults::probabilityOfZeroSparesEveryone()
{
    QVERIFY(arm(id(*m_client), {{u"stall"_s, 1}, {u"probability"_s, 0}}).done);
    m_client->write("lucky");
    QTRY_COMPARE(m_received, "lucky");
    QVERIFY(!isArmed(id(*m_client)));
}

void tst_ArmedFaults::destroyedSocketStillSendsWhatWasHeldBack()
{
    QVERIFY(arm(id(*m_client), {{u"stall"_s, 1}}).done);
    m_client->write("written before");
    m_client->destroy();
    QTRY_COMPARE(m_received, "written before");
}

QTEST_GUILESS_MAIN(tst_ArmedFaults)
#include "tst_armedfaults.moc"
