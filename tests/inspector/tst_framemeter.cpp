#include "fakeagent.h"
#include "inspector/session/monotonic.h"
#include "inspector/window/framemeter.h"
#include "scene.h"

#include <QSignalSpy>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

/// What a window says of itself: its thread's work is made up here, the session and the agent's line are real.
class tst_FrameMeter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void attachingIsToldOfByItself();
    void aFrameIsAllWorkUntilTheNextOne();
    void framesWithoutNewsDoNotCount();
    void eventsAgeUntilTheyAreRepainted();
    void accountsAreTheAgents();
    void durationsAreExactToATenthOfAMillisecond();

private:
    static constexpr qint64 ms = 1'000'000;

    void work();
    void happen(qint64 time);
    double number(const QString &group, const QString &name) { return m_meter->result()[group][name].toDouble(); }
    double frames() { return m_meter->result()[u"frames"_s].toDouble(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<FakeAgent> m_agent;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<FrameMeter> m_meter;
    std::unique_ptr<QSignalSpy> m_shown;
    bool m_repaints = true;
    int m_frames = 0;
};

void tst_FrameMeter::init()
{
    m_repaints = true;
    m_frames = 0;
    m_directory = FakeAgent::makeDirectory();
    m_agent = std::make_unique<FakeAgent>(m_directory->path(), u"demo"_s);
    m_agent->opening =
        Scene::greeting() + Scene::snapshot({Scene::server(1, u"echo"_s, 8124), Scene::accepted(2, 1, 1002)});
    m_session = std::make_unique<Session>(SessionOptions{.directory = m_directory->path()});
    m_meter = std::make_unique<FrameMeter>(*m_session);
    m_shown = std::make_unique<QSignalSpy>(m_meter.get(), &FrameMeter::shown);
    connect(m_session.get(), &Session::framed, this, &tst_FrameMeter::work);
    m_session->start();
    QTRY_COMPARE(m_shown->size(), 1);
}

void tst_FrameMeter::cleanup()
{
    m_shown.reset();
    m_meter.reset();
    m_session.reset();
    m_agent.reset();
}

// For each frame the models take 5 ms, 3 of them of the processor, and the repaint 2 ms and 1.
void tst_FrameMeter::work()
{
    ++m_frames;
    const qint64 now = monotonicNow();
    m_meter->add({now, 0}, {now + 5 * ms, 3 * ms}, false);
    if (m_repaints)
        m_meter->add({now, 0}, {now + 2 * ms, ms}, true);
}

void tst_FrameMeter::happen(qint64 time)
{
    EventRecord event = Scene::event(2, EventKind::Received, 10, 10);
    event.time = time;
    QByteArray bytes;
    encode(bytes, std::span(&event, 1), 0);
    m_agent->say(bytes);
}

void tst_FrameMeter::attachingIsToldOfByItself()
{
    const QJsonObject told = m_shown->first().first().toJsonObject();
    QCOMPARE(told[u"process"_s].toString(), u"demo"_s);
    QCOMPARE(told[u"rows"_s].toInt(), 3); // with the process
    QVERIFY(told[u"toldAfter"_s].toDouble() > 0);
    QVERIFY(told[u"inModelsAfter"_s].toDouble() >= told[u"toldAfter"_s].toDouble());
    QVERIFY(told[u"onScreenAfter"_s].toDouble() >= told[u"inModelsAfter"_s].toDouble() + 2);
    QCOMPARE(frames(), 0);
}

void tst_FrameMeter::aFrameIsAllWorkUntilTheNextOne()
{
    happen(monotonicNow());
    QTRY_COMPARE(frames(), 1);
    QCOMPARE(number(u"frame"_s, u"p99"_s), 7);
    QCOMPARE(number(u"frameCpu"_s, u"worst"_s), 4);
    QCOMPARE(m_meter->result()[u"longestTurn"_s].toDouble(), 5);
}

void tst_FrameMeter::framesWithoutNewsDoNotCount()
{
    happen(monotonicNow());
    QTRY_COMPARE(frames(), 1);
    const int before = m_frames;
    QTRY_VERIFY(m_frames >= before + 3);
    QCOMPARE(frames(), 1);
}

void tst_FrameMeter::eventsAgeUntilTheyAreRepainted()
{
    happen(1); // long before anybody looked
    QTRY_COMPARE(frames(), 1);
    QCOMPARE(number(u"eventToScreen"_s, u"worst"_s), 0);
    m_repaints = false;
    const qint64 time = monotonicNow();
    happen(time);
    const int before = m_frames;
    QTRY_VERIFY(m_frames >= before + 3);
    QCOMPARE(number(u"eventToScreen"_s, u"worst"_s), 0);
    const double hidden = static_cast<double>(monotonicNow() - time) / ms;
    m_repaints = true;
    QTRY_VERIFY(number(u"eventToScreen"_s, u"worst"_s) > hidden);
    QCOMPARE(number(u"eventToScreen"_s, u"p50"_s), number(u"eventToScreen"_s, u"worst"_s));
}

void tst_FrameMeter::accountsAreTheAgents()
{
    happen(monotonicNow());
    QByteArray bytes;
    encode(bytes,
           Status{.emitted = 21, .ringDropped = 1, .beforeAttach = 2, .delivered = 3, .linkDropped = 5, .pending = 10});
    m_agent->say(bytes);
    const QJsonObject wanted{{u"emitted"_s, 21},  {u"droppedInRings"_s, 1},  {u"beforeAttach"_s, 2},
                             {u"delivered"_s, 3}, {u"droppedOnTheWay"_s, 5}, {u"pending"_s, 10},
                             {u"received"_s, 1}};
    QTRY_COMPARE(m_meter->result()[u"events"_s].toObject(), wanted);
    QCOMPARE(m_meter->result()[u"kept"_s].toInt(), 1);
    QVERIFY(m_meter->result()[u"residentBytes"_s].toDouble() > 1e6);
}

void tst_FrameMeter::durationsAreExactToATenthOfAMillisecond()
{
    Durations durations;
    QCOMPARE(durations.quantile(.99), 0);
    for (int i = 1; i <= 1000; ++i)
        durations.add(i * ms / 10 - 1);
    QCOMPARE(durations.count(), 1000U);
    QCOMPARE(durations.quantile(.5), 50 * ms);
    QCOMPARE(durations.quantile(.99), 99 * ms);
    QCOMPARE(durations.quantile(1), 100 * ms - 1);
    durations.add(100'000 * ms); // beyond what is told apart
    QCOMPARE(durations.greatest(), 100'000 * ms);
    QCOMPARE(durations.quantile(1), 100'000 * ms);
}

QTEST_MAIN(tst_FrameMeter)
#include "tst_framemeter.moc"
