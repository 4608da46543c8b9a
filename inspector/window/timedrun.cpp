#include "inspector/window/timedrun.h"

#include "inspector/exports/exportfile.h"
#include "inspector/models/comparison.h"
#include "inspector/models/filterparser.h"
#include "inspector/models/report.h"
#include "inspector/models/units.h"
#include "inspector/session/sessionloader.h"
#include "inspector/views/recordingbanner.h"
#include "inspector/views/throughputplot.h"
#include "inspector/window/filteredrows.h"
#include "inspector/window/framemeter.h"
#include "inspector/window/mainwindow.h"
#include "inspector/window/terminal.h"

#include <QApplication>
#include <QJsonDocument>

#include <algorithm>

namespace inspector {

using namespace Qt::StringLiterals;

TimedRun::TimedRun(const CommandLine &line, Session &session, MainWindow *window, QObject *parent)
    : QObject(parent),
      m_line(line),
      m_session(session),
      m_window(window),
      m_recorder(session),
      m_metrics(session)
{
    m_end.setSingleShot(true);
    m_end.setInterval(m_line.length.value_or(std::chrono::milliseconds::zero()));
    m_end.setTimerType(Qt::PreciseTimer);
    connect(&m_end, &QTimer::timeout, this, &TimedRun::finish);
}

void TimedRun::setMeter(FrameMeter *meter)
{
    m_meter = meter;
    if (meter)
        connect(meter, &FrameMeter::shown, this, [](const QJsonObject &attachment) {
            printOut(QString::fromUtf8(QJsonDocument(attachment).toJson(QJsonDocument::Compact)) + u'\n');
        });
}

void TimedRun::start()
{
    if (m_window) {
        QGuiApplication::setQuitOnLastWindowClosed(false);
        connect(qApp, &QGuiApplication::lastWindowClosed, this, &TimedRun::finish);
    }
    const bool wantsPackets = std::ranges::any_of(
        m_line.exports, [](const QString &file) { return file.endsWith(".pcapng"_L1, Qt::CaseInsensitive); });
    if (wantsPackets)
        m_session.captureAll(true);
    if (!m_line.record.isEmpty())
        record();
    if (m_line.metrics)
        serveMetrics();
    if (!m_line.length)
        return;
    m_end.start();
    // Early enough that its stream is being followed when the picture is taken.
    if (m_window && !m_line.screenshot.isEmpty())
        QTimer::singleShot(*m_line.length / 3, this, &TimedRun::chooseBusiest);
    // The plot shows no more time than the run will have.
    if (auto *plot = m_window && m_session.isLive() ? m_window->findChild<ThroughputPlot *>() : nullptr)
        plot->setSpan(std::chrono::ceil<std::chrono::seconds>(*m_line.length));
}

void TimedRun::record()
{
    // A disk that is full ends the run: what it was for can't be had any more.
    connect(&m_recorder, &SessionRecorder::stopped, this, [this](const QString &problem) {
        if (!problem.isEmpty()) {
            m_problem = tr("%1 could not be written on: %2").arg(m_line.record, problem);
            end();
        }
    });
    const QString problem = m_recorder.start(m_line.record, true);
    if (!problem.isEmpty()) {
        m_problem = tr("%1 could not be written: %2").arg(m_line.record, problem);
        m_line.length = std::chrono::milliseconds::zero();
        m_end.setInterval(0);
    }
}

void TimedRun::serveMetrics()
{
    const QString problem = m_metrics.listen(*m_line.metrics);
    if (problem.isEmpty())
        return printOut(u"http://localhost:%1/metrics\n"_s.arg(m_metrics.port()));
    m_problem = tr("port %1: %2").arg(*m_line.metrics).arg(problem);
    m_line.length = std::chrono::milliseconds::zero();
    m_end.setInterval(0);
}

void TimedRun::endRecording()
{
    if (!m_recorder.isRecording())
        return;
    m_recorder.stop();
    const SessionRecorder::Counts &counts = m_recorder.counts();
    printOut(tr("recorded: %1 (%2 in %3; processes: %4, events: %5, payload: %6)")
                 .arg(m_line.record, bytesText(static_cast<quint64>(counts.bytes)), spanText(counts.length.count()))
                 .arg(counts.processes)
                 .arg(countText(counts.events), bytesText(counts.payload)) +
             u'\n');
}

QString TimedRun::compare() const
{
    Session other(SessionLoader::options());
    SessionLoader loader(other);
    if (const QString problem = loader.open(m_line.compare); !problem.isEmpty())
        return tr("%1 can't be opened: %2").arg(m_line.compare, problem);
    while (loader.readOn(std::chrono::hours(1)))
        ;
    printOut(Comparison(m_session.records(), other.records())
                 .text(recordingTitle(*m_session.origin()), recordingTitle(*other.origin())));
    return {};
}

void TimedRun::chooseBusiest()
{
    const ObjectTable &table = m_session.records().objects;
    const RowChoice passes = rowsThatPass(FilterParser().parse(m_line.filter).value_or(Filter()), m_session.records());
    SubjectKey busiest;
    double most = -1;
    for (int row = 0; row < table.size(); ++row) {
        const RowIdentity &identity = table.identity(row);
        const net::wire::CounterRecord &counters = table.counters(row);
        // Talk both ways makes a better picture than a flood one way, and an accepted one stands near its server.
        const double talk = static_cast<double>(std::min(counters.received, counters.sent)) + table.rates(row).in / 1e6;
        // Of those that a filter lets pass, it is which of them one wants to see.
        const bool isOne = passes ? isSocket(identity.kind) && passes(row) : identity.kind == RowKind::Accepted;
        if (isOne && identity.life == RowLife::Live && talk > most) {
            most = talk;
            busiest = identity.key;
        }
    }
    m_window->workspace().selection.choose(busiest);
}

QString TimedRun::verdict() const
{
    const Report report = reportOf(m_session.records());
    if (report.processes == 0 && !m_session.isLive())
        return tr("no process was recorded");
    // Whoever is asked for counters waits for applications.
    if (report.processes == 0 && m_line.metrics)
        return {};
    if (report.processes == 0) {
        return m_line.pids.isEmpty()
                   ? tr("no inspectable process was running (looked in %1)").arg(m_session.options().directory)
                   : tr("none of the processes asked for could be inspected");
    }
    for (const auto &feed : m_session.feeds()) {
        if (m_session.isLive() && !feed->link().problem().isEmpty())
            return tr("could not attach to %1 (%2): %3")
                .arg(feed->card().name)
                .arg(feed->card().pid)
                .arg(feed->link().problem());
    }
    if ((m_line.print || m_line.requireData) && report.servers + report.connections == 0)
        return tr("no servers and no connections were seen");
    if (m_line.requireData && report.received + report.sent == 0)
        return tr("no data was seen");
    return {};
}

void TimedRun::finish()
{
    m_session.catchUp();
    m_session.endFrame();
    endRecording();
    QString problem = m_problem.isEmpty() ? verdict() : m_problem;
    if (!m_session.isLive() && !m_session.origin()->problem.isEmpty())
        printError(tr("%1: %2").arg(m_line.open, m_session.origin()->problem));
    if (m_meter)
        printOut(QString::fromUtf8(QJsonDocument(m_meter->result()).toJson()));
    const Choice passes = whatPasses(FilterParser().parse(m_line.filter).value_or(Filter()), m_session.records());
    if (m_line.print)
        printOut(reportOf(m_session.records(), passes.rows).text);
    if (!m_line.compare.isEmpty()) {
        const QString trouble = compare();
        if (problem.isEmpty())
            problem = trouble;
    }
    for (const QString &file : m_line.exports) {
        const ExportResult result = exportTo(file, m_session.records(), passes);
        const QString told =
            tr("exported: %1").arg(file) + (result.summary.isEmpty() ? QString() : u" ("_s + result.summary + u')');
        if (!result.problem.isEmpty())
            problem = problem.isEmpty() ? result.problem : problem;
        else if (result.isOnOutput)
            printError(told); // another program reads what is on the output
        else
            printOut(told + u'\n');
    }
    if (m_window && !m_line.screenshot.isEmpty()) {
        if (m_window->grab().save(m_line.screenshot))
            printOut(tr("screenshot: %1").arg(m_line.screenshot) + QLatin1Char('\n'));
        else if (problem.isEmpty())
            problem = tr("could not write %1").arg(m_line.screenshot);
    }
    if (!problem.isEmpty())
        printError(problem);
    QCoreApplication::exit(problem.isEmpty() ? 0 : 1);
}

} // namespace inspector
