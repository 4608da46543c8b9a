#include "controlscene.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace net;
using namespace Qt::StringLiterals;

/// What an inspector may do to a connection, what it is refused, and that all of it ends with the inspector.
class tst_Control : public ControlScene
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();

    void nothingIsObeyedWithoutTheRight();
    void olderInspectorGetsNoControl();
    void pauseAndResume();
    void endClosesAndIsToldOnce();
    void destroyAndReset();
    void whoWritesOnAndWhoIsPipedIsTold();
    void injectedBytesGoBothWays();
    void whatMakesNoSenseIsRefused_data();
    void whatMakesNoSenseIsRefused();
    void ordersRunInTheSocketsThread();
    void threadThatIsBusyIsSaidSo();

    void inspectorThatHangsUpUndoesEverything();
    void inspectorThatFallsSilentUndoesEverything();
    void inspectorThatSpeaksKeepsWhatItArmed();
    void applicationsOwnPauseIsLeftAlone();
};

void tst_Control::initTestCase()
{
    // Control is granted by the first test, which needs it not to be.
    QCOMPARE(startAgent({.controlGrace = 1000}), QString());
}

void tst_Control::nothingIsObeyedWithoutTheRight()
{
    QCOMPARE(m_inspector->agent->rights, quint32(wire::Observe));
    const wire::CommandResult result = m_inspector->command(id(*m_client), u"destroy"_s);
    QVERIFY(!result.done);
    QVERIFY2(result.message.contains("LIBNET_INSPECT_CONTROL"_L1), qPrintable(result.message));
    QVERIFY(!m_client->isDestroyed());
    QVERIFY(m_inspector->isConnected());
    QVERIFY(Agent::start({.control = true}));
    TestInspector modest(Agent::socketPath());
    QVERIFY(modest.attach());
    QCOMPARE(modest.agent->rights, quint32(wire::Observe));
    QVERIFY(!modest.command(id(*m_client), u"destroy"_s).done);
    QVERIFY(!m_client->isDestroyed());
}

void tst_Control::olderInspectorGetsNoControl()
{
    TestInspector older(Agent::socketPath());
    wire::Hello hello = TestInspector::hello(wire::Observe | wire::Control);
    hello.newest = 1;
    QVERIFY(older.attach(hello));
    QCOMPARE(older.agent->version, quint16(1));
    QCOMPARE(older.agent->rights, quint32(wire::Observe));
}

void tst_Control::pauseAndResume()
{
    const quint64 subject = idOf(*m_inspector, u"peer"_s);
    QVERIFY(m_inspector->command(subject, u"pause"_s).done);
    QVERIFY(m_peer->isPaused());
    QTRY_VERIFY(m_inspector->counters(subject).flags & wire::HeldByOrder);
    QCOMPARE(m_inspector->command(subject, u"pause"_s).message, u"it is paused already"_s);
    m_client->write("later");
    QTRY_VERIFY(m_inspector->counters(id(*m_client)).sent == 5);
    QCOMPARE(m_received, QByteArray());
    QVERIFY(m_inspector->command(subject, u"resume"_s).done);
    QTRY_COMPARE(m_received, "later");
    // The second pause was refused.
    QTRY_COMPARE(ordersOf(subject), (QList{probe::Verb::Pause, probe::Verb::Resume}));
}

void tst_Control::endClosesAndIsToldOnce()
{
    QSignalSpy ended(m_peer, &Socket::ended);
    QVERIFY(m_inspector->command(id(*m_client), u"end"_s).done);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(m_inspector->command(id(*m_client), u"end"_s).message, u"it has ended already"_s);
}

void tst_Control::destroyAndReset()
{
    QSignalSpy closed(m_client.get(), &Socket::closed);
    QSignalSpy failed(m_peer, &Socket::errorOccurred);
    QVERIFY(m_inspector->command(id(*m_client), u"reset"_s).done);
    QTRY_COMPARE(closed.size(), 1);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<Error>().code(), u"ECONNRESET"_s);
    // The kernel has forgotten with whom it was.
    const quint64 peer = idOf(*m_inspector, u"peer"_s);
    QTRY_VERIFY(!m_inspector->subjects[peer].errorMessage.isEmpty());
    QCOMPARE(m_inspector->subjects[peer].remoteAddress, u"127.0.0.1"_s);
    QVERIFY(m_inspector->subjects[peer].record.remotePort != 0);
    QVERIFY(!m_inspector->command(id(*m_client), u"destroy"_s).done);

    const auto other = connected(u"other"_s);
    QTRY_VERIFY(id(*other));
    QVERIFY(m_inspector->command(id(*other), u"destroy"_s).done);
    QVERIFY(other->isDestroyed());
}

// Not an order, but what an inspector has to know of a socket before it blames anybody.
void tst_Control::whoWritesOnAndWhoIsPipedIsTold()
{
    const auto flags = [this](quint64 subject) {
        return m_inspector->counters(subject).flags & (wire::NeedsDrain | wire::WritesOn | wire::Piped);
    };
    const quint64 client = id(*m_client);
    m_peer->pause();
    m_client->write(QByteArray(8'000'000, 'x'));
    QTRY_COMPARE(flags(client), quint32(wire::NeedsDrain));
    m_client->write("more");
    QTRY_COMPARE(flags(client), quint32(wire::NeedsDrain | wire::WritesOn));
    m_peer->resume();
    QTRY_COMPARE(flags(client), 0U);
    QTRY_COMPARE(m_received.size(), 8'000'004); // what lies in the kernel would come back, too
    m_peer->pipe(m_peer);
    m_client->write("there and back");
    QTRY_COMPARE(m_answered, "there and back");
    QTRY_COMPARE(flags(idOf(*m_inspector, u"peer"_s)), quint32(wire::Piped));
}

void tst_Control::injectedBytesGoBothWays()
{
    QVERIFY(m_inspector->command(id(*m_client), u"write"_s, {{u"bytes"_s, QByteArray("to the peer")}}).done);
    QTRY_COMPARE(m_received, "to the peer");
    QVERIFY(m_inspector->command(id(*m_client), u"receive"_s, {{u"bytes"_s, QByteArray("to the slot")}}).done);
    QTRY_COMPARE(m_answered, "to the slot");
    QCOMPARE(m_client->bytesRead(), 0);
}

void tst_Control::whatMakesNoSenseIsRefused_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QCborMap>("arguments");
    QTest::addColumn<QString>("message");
    QTest::newRow("unknown verb") << u"dance"_s << QCborMap() << u"there is no command \"dance\""_s;
    QTest::newRow("no bytes") << u"write"_s << QCborMap() << u"bytes must be bytes"_s;
    QTest::newRow("text for bytes") << u"write"_s << QCborMap{{u"bytes"_s, u"x"_s}} << u"bytes must be bytes"_s;
    QTest::newRow("unknown argument") << u"pause"_s << QCborMap{{u"gently"_s, 1}}
                                      << u"the argument gently is unknown"_s;
    QTest::newRow("negative") << u"arm"_s << QCborMap{{u"latency"_s, -1}}
                              << u"latency must be a number from 0 to 60000"_s;
    QTest::newRow("too much") << u"arm"_s << QCborMap{{u"probability"_s, 101}}
                              << u"probability must be a number from 0 to 100"_s;
    QTest::newRow("text for a number") << u"arm"_s << QCborMap{{u"slice"_s, u"1"_s}}
                                       << u"slice must be a number from 0 to 1073741824"_s;
}

void tst_Control::whatMakesNoSenseIsRefused()
{
    QFETCH(QString, verb);
    QFETCH(QCborMap, arguments);
    QFETCH(QString, message);
    const wire::CommandResult result = m_inspector->command(id(*m_client), verb, arguments);
    QVERIFY(!result.done);
    QCOMPARE(result.message, message);
    QVERIFY(!m_inspector->command(4711'000, u"pause"_s).done);
    QVERIFY(!m_client->isDestroyed() && !m_client->isPaused());
}

void tst_Control::ordersRunInTheSocketsThread()
{
    QThread thread;
    thread.start();
    const quint64 subject = id(*m_client);
    QThread *where = nullptr;
    connect(
        m_client.get(), &Socket::paused, m_client.get(), [&where] { where = QThread::currentThread(); },
        Qt::DirectConnection);
    m_client->moveToThread(&thread);
    // Once it is done, another one would be refused: the socket is paused already.
    QVERIFY(QTest::qWaitFor([&] { return m_inspector->command(subject, u"pause"_s).done; }));
    QCOMPARE(where, &thread);
    QMetaObject::invokeMethod(
        m_client.get(), [this, home = this->thread()] { m_client->moveToThread(home); }, Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
}

void tst_Control::threadThatIsBusyIsSaidSo()
{
    QThread thread;
    thread.start();
    QObject inside;
    inside.moveToThread(&thread);
    QSemaphore busy;
    const quint64 subject = id(*m_client);
    m_client->moveToThread(&thread);
    QTRY_VERIFY(m_inspector->command(subject, u"resume"_s).done);
    QMetaObject::invokeMethod(&inside, [&busy] { busy.acquire(); });
    const wire::CommandResult result = m_inspector->command(subject, u"destroy"_s);
    QVERIFY(!result.done);
    QCOMPARE(result.message, u"its thread does not answer; nothing was done"_s);
    busy.release();
    QMetaObject::invokeMethod(
        m_client.get(), [this, home = this->thread()] { m_client->moveToThread(home); }, Qt::BlockingQueuedConnection);
    QVERIFY(!m_client->isDestroyed());
    thread.quit();
    thread.wait();
}

void tst_Control::inspectorThatHangsUpUndoesEverything()
{
    const quint64 peer = idOf(*m_inspector, u"peer"_s);
    QVERIFY(m_inspector->command(peer, u"pause"_s).done);
    QVERIFY(arm(id(*m_client), {{u"stall"_s, 1}}).done);
    m_client->write("held");
    m_inspector->hangUp();
    QTRY_COMPARE(m_received, "held");
    QVERIFY(!m_peer->isPaused());
}

void tst_Control::inspectorThatFallsSilentUndoesEverything()
{
    const quint64 peer = idOf(*m_inspector, u"peer"_s);
    QVERIFY(m_inspector->command(peer, u"pause"_s).done);
    QVERIFY(arm(id(*m_client), {{u"stall"_s, 1}}).done);
    m_client->write("held");
    m_inspector->setReading(false);
    QTRY_COMPARE_WITH_TIMEOUT(m_received, "held", 20000);
    QVERIFY(m_inspector->isConnected());
    m_inspector->setReading(true);
}

void tst_Control::inspectorThatSpeaksKeepsWhatItArmed()
{
    QVERIFY(arm(id(*m_client), {{u"stall"_s, 1}}).done);
    m_client->write("held");
    const int before = m_inspector->statuses;
    while (m_inspector->statuses < before + 3) { // a status a second, a grace of one
        m_inspector->send(wire::Command{.verb = u"hold"_s});
        QTest::qWait(100);
    }
    QCOMPARE(m_received, QByteArray());
    QVERIFY(isArmed(id(*m_client)));
}

void tst_Control::applicationsOwnPauseIsLeftAlone()
{
    m_peer->pause();
    QVERIFY(!m_inspector->command(idOf(*m_inspector, u"peer"_s), u"pause"_s).done);
    m_client->pause();
    m_client->resume();
    QVERIFY(m_inspector->command(id(*m_client), u"pause"_s).done);
    m_client->pause(); // now it is the application's own
    m_inspector->hangUp();
    TestInspector witness(Agent::socketPath());
    QVERIFY(witness.attach());
    QTRY_COMPARE(witness.status.inspectors, 1u);
    QVERIFY(m_peer->isPaused());
    QVERIFY(m_client->isPaused());
}

QTEST_GUILESS_MAIN(tst_Control)
#include "tst_control.moc"
