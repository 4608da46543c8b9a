// "bench_intake --rate N --seconds N --keep N": how much of an application's events the inspector takes in, and how
// promptly. The application is bench_firehose: the real agent over sockets that are made up.
#include "inspector/models/eventmodel.h"
#include "inspector/models/objectmodel.h"
#include "inspector/session/monotonic.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>

#include <algorithm>
#include <cstdio>

using namespace inspector;
using namespace Qt::StringLiterals;

namespace {

/// Private and shared memory of this process, in bytes.
double residentMemory()
{
    QFile file(u"/proc/self/statm"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toDouble() * 4096 : 0;
}

double at(std::vector<double> &values, double part)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<size_t>(part * static_cast<double>(values.size() - 1))];
}

/// An inspector without a window, with the models that its window shows.
class Intake : public QObject
{
public:
    Intake(const QString &firehose, double rate, double seconds, quint64 keep);

private:
    void takeFrame();
    void tick();
    void print();

    static SessionOptions options(qint64 pid, quint64 keep)
    {
        SessionOptions options;
        options.pids = {pid};
        options.events = keep;
        return options;
    }

    QProcess m_firehose;
    double m_memoryBefore = residentMemory();
    double m_rate;
    double m_seconds;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<LiveView> m_view;
    FilterState m_filter;
    std::unique_ptr<EventModel> m_events;
    QTimer m_beat;
    qint64 m_due = 0;
    quint64 m_seen = 0;
    quint64 m_emitted = 0;
    std::vector<double> m_late; ///< ms that an event of this thread had to wait: a frame that is being drawn among them
    std::vector<double> m_ages; ///< ms from the oldest event of a frame to that frame
    bool m_begun = false;
    int m_idleFrames = 0;
};

Intake::Intake(const QString &firehose, double rate, double seconds, quint64 keep) : m_rate(rate), m_seconds(seconds)
{
    m_firehose.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_firehose.start(firehose, {u"--hold"_s, u"--churn"_s, u"0"_s, u"--rate"_s, QString::number(rate, 'f', 0),
                                u"--seconds"_s, QString::number(seconds)});
    if (!m_firehose.waitForReadyRead(20'000))
        qFatal("the firehose does not start");
    m_session = std::make_unique<Session>(options(m_firehose.processId(), keep));
    m_view = std::make_unique<LiveView>(*m_session);
    m_events = std::make_unique<EventModel>(*m_view, m_filter);
    connect(m_session.get(), &Session::framed, this, &Intake::takeFrame);
    m_beat.setTimerType(Qt::PreciseTimer);
    m_beat.callOnTimeout(this, &Intake::tick);
    m_session->start();
}

void Intake::tick()
{
    const qint64 now = monotonicNow();
    m_late.push_back(static_cast<double>(now - m_due) / 1e6);
    m_due = now + m_beat.interval() * 1'000'000LL;
    m_beat.start();
}

void Intake::takeFrame()
{
    const Records &records = m_session->records();
    if (!m_begun && records.objects.size() > 50) { // the snapshot is here
        m_begun = true;
        m_seen = records.events.end();
        m_firehose.write("go\n");
        m_beat.setSingleShot(true);
        m_beat.setInterval(5);
        m_due = monotonicNow() + 5'000'000;
        m_beat.start();
    }
    if (!m_begun)
        return;
    if (records.events.end() > m_seen) {
        const qint64 oldest = records.events.at(std::max(m_seen, records.events.begin())).time;
        m_ages.push_back(static_cast<double>(monotonicNow() - oldest) / 1e6);
        m_seen = records.events.end();
        m_idleFrames = 0;
        return;
    }
    if (m_firehose.state() != QProcess::NotRunning || ++m_idleFrames < 3)
        return;
    m_firehose.waitForFinished(0);
    static const QRegularExpression count(u"(\\d+) events"_s);
    auto matches = count.globalMatch(QString::fromUtf8(m_firehose.readAllStandardOutput()));
    while (matches.hasNext())
        m_emitted = matches.next().captured(1).toULongLong();
    print();
    QCoreApplication::quit();
}

void Intake::print()
{
    const AgentFeed::Accounts accounts = m_session->accounts();
    const EventLog &log = m_session->records().events;
    const auto kept = static_cast<double>(log.end() - log.begin());
    const QJsonObject result = {
        {u"offered"_s, m_rate},
        {u"seconds"_s, m_seconds},
        {u"emitted"_s, static_cast<double>(m_emitted)},
        {u"received"_s, static_cast<double>(accounts.received)},
        {u"ringDropped"_s, static_cast<double>(accounts.ringDropped)},
        {u"linkDropped"_s, static_cast<double>(accounts.linkDropped)},
        {u"kept"_s, kept},
        {u"memory"_s, residentMemory() - m_memoryBefore},
        {u"frameP99"_s, at(m_late, .99)},
        {u"frameMax"_s, at(m_late, 1)},
        {u"ageP99"_s, at(m_ages, .99)},
        {u"ageMax"_s, at(m_ages, 1)},
    };
    std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{u"rate"_s, u"Events a second."_s, u"n"_s, u"1000000"_s},
                       {u"seconds"_s, u"How long."_s, u"n"_s, u"11"_s},
                       {u"keep"_s, u"Events to keep."_s, u"n"_s, u"10000000"_s}});
    parser.process(application);
    const Intake intake(QCoreApplication::applicationDirPath() + u"/bench_firehose"_s,
                        parser.value(u"rate"_s).toDouble(), parser.value(u"seconds"_s).toDouble(),
                        parser.value(u"keep"_s).toULongLong());
    return QCoreApplication::exec();
}
