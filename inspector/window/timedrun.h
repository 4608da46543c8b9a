#pragma once
#include "inspector/session/sessionrecorder.h"
#include "inspector/window/commandline.h"
#include "inspector/window/metricsserver.h"

#include <QTimer>

namespace inspector {

class FrameMeter;
class MainWindow;

/// A run that is judged at its end, after a while or when the window is closed: leaves picture and table, and says by
/// its exit code whether anything was seen.
class TimedRun : public QObject
{
    Q_OBJECT

public:
    /// \a window may be null if no picture is wanted.
    TimedRun(const CommandLine &line, Session &session, MainWindow *window, QObject *parent = nullptr);

    /// Prints what \a meter tells, and at the end all of it. It must outlive the run; may be null.
    void setMeter(FrameMeter *meter);
    void start();
    /// Ends it now, as if its time were up.
    void end() { m_end.start(0); }

private:
    void record();
    void serveMetrics();
    void endRecording();
    /// Empty, or why nothing can be compared.
    QString compare() const;
    void chooseBusiest();
    void finish();
    /// Empty, or why the run has failed.
    QString verdict() const;

    CommandLine m_line;
    Session &m_session;
    MainWindow *m_window;
    FrameMeter *m_meter = nullptr;
    SessionRecorder m_recorder;
    MetricsServer m_metrics;
    QString m_problem; ///< the first thing that went wrong
    QTimer m_end;
};

} // namespace inspector
