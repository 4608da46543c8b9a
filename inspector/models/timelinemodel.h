#pragma once
#include "inspector/models/filterstate.h"
#include "inspector/models/liveview.h"
#include "inspector/models/phasehistory.h"

namespace inspector {

/// What every connection was doing, over time: a row a connection, those that are over included. Obeys the filter,
/// apart from its span of time, which is chosen here.
class TimelineModel : public QObject
{
    Q_OBJECT

public:
    TimelineModel(LiveView &view, FilterState &filter, QObject *parent = nullptr);

    /// Works only while somebody looks; what was missed meanwhile comes from the log.
    void setActive(bool active);
    /// Rows that were there between \a from and \a to only.
    void setSpan(qint64 from, qint64 to);
    /// When the first of those began that the filter lets pass.
    qint64 begin() const { return m_begin; }
    bool isLive() const { return m_view.session().isLive(); }

    int count() const { return static_cast<int>(m_rows.size()); }
    SubjectKey keyAt(int index) const { return m_rows[static_cast<std::size_t>(index)]; }
    int indexOf(SubjectKey key) const;
    QString name(int index) const;
    QString describe(int index, qint64 time) const;
    std::vector<Phases> pixels(int index, qint64 from, qint64 to, int count) const;

    const std::deque<DropGap> &gaps() const { return m_view.session().records().gaps.gaps(); }
    qint64 now() const { return m_view.now(); }
    QString clockText(qint64 time) const { return m_view.clockText(time); }
    /// "time:14:03:59.100..14:04:02.000"
    QString condition(qint64 from, qint64 to) const;
    /// The span to which the filter narrows everything, if it does.
    std::optional<std::pair<qint64, qint64>> brush() const;
    /// The time that the object of a row was there.
    std::pair<qint64, qint64> lifeOf(int index) const;
    bool hasAnybody() const { return m_view.objects().size() > 0; }

Q_SIGNALS:
    /// Once a frame.
    void changed();

private:
    void takeFrame(const FrameChanges &changes);
    /// \a all: what moves bytes too.
    void readLog(bool all);
    void settle(int row);
    void list();

    LiveView &m_view;
    FilterState &m_filter;
    QHash<SubjectKey, PhaseHistory> m_histories;
    std::vector<SubjectKey> m_rows;
    quint64 m_next = 0;  ///< event to look at next
    qint64 m_readTo = 0; ///< time of the last one that was looked at
    qint64 m_begin = 0;
    qint64 m_from = 0;
    qint64 m_to = std::numeric_limits<qint64>::max();
    qint64 m_listedAt = 0;
    bool m_active = false;
};

QString phaseText(Phase phase);
/// Of several phases: those between which it changed.
QString phaseText(Phases phases);

} // namespace inspector
