#include "inspector/views/statusstrip.h"

#include "inspector/models/units.h"
#include "inspector/views/colours.h"

#include <QLabel>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace inspector {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

StatusStrip::StatusStrip(Session &session, LiveView &view, ObjectModel &objects, LintModel &lints, QWidget *parent)
    : QStatusBar(parent),
      m_session(session),
      m_view(view),
      m_objects(objects),
      m_lints(lints),
      m_processes(add(u"statusProcesses"_s, tr("Processes the inspector is attached to"))),
      m_captured(add(u"statusCaptured"_s, tr("Events that came in, over all processes"))),
      m_shown(add(u"statusShown"_s, tr("Servers and sockets that pass the filter"))),
      m_rate(add(u"statusRate"_s, tr("Events a second"))),
      m_memory(add(u"statusMemory"_s, tr("What the agents hold in the applications"))),
      m_lint(add(u"statusLint"_s, {})),
      m_dropped(add(u"statusDropped"_s, tr("Events lost because a ring was full or this window too slow; "
                                           "counters and states are exact all the same"))),
      m_armed(
          add(u"statusArmed"_s, tr("Servers and connections that an inspector has armed a fault on; the Processes menu "
                                   "disarms them. When the inspector goes, they go on by themselves"))),
      m_paused(add(u"statusPaused"_s, tr("The view stands still; recording goes on")))
{
    m_clock.start();
    auto *timer = new QTimer(this);
    timer->setInterval(500ms);
    connect(timer, &QTimer::timeout, this, &StatusStrip::refresh);
    connect(&m_session, &Session::feedsChanged, this, &StatusStrip::refresh);
    connect(&m_view, &LiveView::pausedChanged, this, &StatusStrip::refresh);
    connect(&m_objects, &ObjectModel::updated, this, &StatusStrip::showCount);
    connect(&m_lints, &LintModel::looked, this, &StatusStrip::showLint);
    connect(this, &QStatusBar::messageChanged, this, [this] {
        refresh();
        showLint();
    });
    timer->start();
    refresh();
}

QLabel *StatusStrip::add(const QString &name, const QString &help)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setObjectName(name);
    label->setToolTip(help);
    label->setContentsMargins(6, 0, 6, 0);
    label->setMinimumWidth(1); // what it says must not make the window wider than the screen
    addWidget(label);
    return label;
}

void StatusStrip::showCount()
{
    m_shown->setText(tr("%1 shown").arg(countText(static_cast<quint64>(m_objects.shownCount()))));
}

void StatusStrip::showLint()
{
    if (isCovered())
        return;
    const LintModel::Finding *const worst = m_lints.worst();
    m_lint->setVisible(worst);
    if (!worst)
        return;
    const LintInfo &info = infoOf(worst->lint);
    QPalette dressed = palette();
    dressed.setColor(QPalette::WindowText, Colours::of(palette()).text(severityTone(info.severity), {}));
    m_lint->setPalette(dressed);
    m_lint->setText(u"%1 %2: %3"_s.arg(severityGlyph(info.severity), info.titleText(), m_lints.where(*worst)));
    m_lint->setToolTip(info.adviceText());
}

void StatusStrip::refresh()
{
    showCount();
    const AgentFeed::Accounts accounts = m_session.accounts();
    if (m_clock.elapsed() >= 400) {
        const double seconds = static_cast<double>(m_clock.restart()) / 1000;
        // What an agent remembers when it is greeted did not happen now.
        const quint64 events = accounts.received - accounts.past;
        const double now = static_cast<double>(events - std::min(events, m_lastEvents)) / seconds;
        m_lastEvents = events;
        m_eventRate += (now - m_eventRate) * 0.5;
    }
    if (isCovered())
        return;
    int attached = 0;
    for (const auto &feed : m_session.feeds())
        attached += feed->link().state() == Link::State::Attached;
    if (!m_session.isLive())
        attached = static_cast<int>(m_session.processCount());
    m_processes->setText(attached == 1 ? tr("1 process") : tr("%1 processes").arg(attached));
    m_captured->setText(tr("%1 events captured").arg(countText(accounts.received)));
    m_rate->setText(tr("%1 events/s").arg(countText(static_cast<quint64>(std::llround(m_eventRate)))));
    m_memory->setText(tr("agents use %1").arg(bytesText(accounts.agentMemory)));
    m_rate->setVisible(m_session.isLive());
    m_memory->setVisible(m_session.isLive() && accounts.agentMemory > 0);

    const Colours &colours = Colours::of(palette());
    QPalette warning = palette();
    warning.setColor(QPalette::WindowText, colours.bad);
    const quint64 dropped = accounts.ringDropped + accounts.linkDropped;
    m_dropped->setPalette(warning);
    m_dropped->setText(tr("⚠ %1 events dropped").arg(countText(dropped)));
    m_dropped->setVisible(dropped > 0);
    warning.setColor(QPalette::WindowText, colours.warning);
    m_paused->setPalette(warning);
    m_paused->setText(tr("❚❚ view paused"));
    m_paused->setVisible(m_view.isPaused());
    showArmed();
}

// Of the living state, also while the view is paused: who has armed something should not forget it.
void StatusStrip::showArmed()
{
    const ObjectTable &table = m_session.records().objects;
    quint64 armed = 0;
    for (int row = 0; row < table.size(); ++row)
        armed += table.identity(row).life == RowLife::Live && (table.counters(row).flags & net::wire::Armed) ? 1 : 0;
    QPalette bad = palette();
    bad.setColor(QPalette::WindowText, Colours::of(palette()).bad);
    m_armed->setPalette(bad);
    m_armed->setText(armed == 1 ? tr("⚡ 1 fault armed") : tr("⚡ %1 faults armed").arg(countText(armed)));
    m_armed->setVisible(armed > 0);
}

} // namespace inspector
