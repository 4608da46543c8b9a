#pragma once
#include "inspector/models/lintmodel.h"
#include "inspector/models/objectmodel.h"

#include <QElapsedTimer>
#include <QStatusBar>

class QLabel;

namespace inspector {

/// The line at the bottom: events captured, rows shown, events dropped (only if there are any), rate, the agents'
/// memory, the worst lint, and whether the view is paused.
class StatusStrip : public QStatusBar
{
    Q_OBJECT

public:
    StatusStrip(Session &session, LiveView &view, ObjectModel &objects, LintModel &lints, QWidget *parent = nullptr);

    /// Brings the numbers up to date; by itself once every half second.
    void refresh();

private:
    /// Something is said in its place, which hides the labels: those that were shown meanwhile would stand in it.
    bool isCovered() const { return !currentMessage().isEmpty(); }
    void showCount();
    void showLint();
    void showArmed();
    QLabel *add(const QString &name, const QString &help);

    Session &m_session;
    LiveView &m_view;
    ObjectModel &m_objects;
    LintModel &m_lints;
    QLabel *m_processes;
    QLabel *m_captured;
    QLabel *m_shown;
    QLabel *m_rate;
    QLabel *m_memory;
    QLabel *m_lint;
    QLabel *m_dropped;
    QLabel *m_armed;
    QLabel *m_paused;
    QElapsedTimer m_clock;
    quint64 m_lastEvents = 0;
    double m_eventRate = 0;
};

} // namespace inspector
