#pragma once
#include "inspector/models/liveview.h"
#include "inspector/models/throughputseries.h"

#include <QHash>

namespace inspector {

/// Throughput of everything, of each process, and of the one server or socket that is looked at.
class ThroughputModel : public QObject
{
    Q_OBJECT

public:
    explicit ThroughputModel(LiveView &view, QObject *parent = nullptr);

    /// Whose series() is; the null key: everything. What is known of its past comes from the event log.
    void setSubject(SubjectKey key);
    SubjectKey subject() const { return m_subject; }
    const ThroughputSeries &series() const;
    /// The smoothed rates at the moment.
    ThroughputSeries::Sample latest() const;
    /// "All processes", "echo (server)".
    QString title() const;
    /// The moment at which the series ends; moves on between frames too, except while the view is paused.
    qint64 now() const;
    /// The moment from which on it is known.
    qint64 begin() const { return series().isEmpty() ? now() : series().begin(); }
    QString clockText(qint64 time) const { return m_view.clockText(time); }
    bool isLive() const { return m_view.session().isLive(); }

Q_SIGNALS:
    /// A sample has been added, or it is another series.
    void changed();

private:
    void record();
    void seed();
    bool isFromLog(SubjectKey key) const;

    LiveView &m_view;
    ThroughputSeries m_all;
    QHash<quint32, ThroughputSeries> m_processes;
    ThroughputSeries m_chosen;
    SubjectKey m_subject;
};

} // namespace inspector
