#pragma once
#include "inspector/models/filterstate.h"
#include "inspector/models/liveview.h"
#include "inspector/models/objectcolumns.h"

#include <QAbstractTableModel>

#include <deque>

namespace inspector {

/// The newest events that pass the filter, oldest first, in a window of bounded length over the log.
class EventModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class EventColumn : quint8 { Time, Process, Object, Event, Detail };
    static constexpr int eventColumnCount = static_cast<int>(EventColumn::Detail) + 1;

    EventModel(LiveView &view, FilterState &filter, QObject *parent = nullptr);

    /// At most this many rows; the default is what a view scrolls through without effort.
    void setWindow(int rows);
    /// Only events of \a key, of a process's objects or a server's connections; the null key: of everything.
    void setSubject(SubjectKey key);
    /// Whether bytes that move are shown, or only what happens beside them.
    void setDataShown(bool shown);
    bool isDataShown() const { return m_dataShown; }
    SubjectKey keyOf(const QModelIndex &index) const;
    /// Times since the chosen count from this event on.
    void choose(const QModelIndex &index);
    TimeScale &times() { return m_view.times(); }
    /// More than one process has been attached to.
    bool hasSeveralProcesses() const { return m_view.session().processCount() > 1; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// \a count events have come in at the end; \a removed have left at the front.
    void advanced(int count, int removed);

private:
    void takeFrame();
    void rescan();
    void removeFirst(int count);
    bool passesAll() const;
    bool passes(const LogRecord &event);
    bool belongs(const LogRecord &event) const;
    LogRecord recordOf(int row) const;
    QString timeText(int row) const;
    QString text(const LogRecord &event, EventColumn column) const;

    LiveView &m_view;
    FilterState &m_filter;
    std::deque<quint64> m_rows;         ///< numbers of events in the log
    QHash<SubjectKey, bool> m_verdicts; ///< of the filter, for the frame at hand
    quint64 m_next = 0;                 ///< event to look at next
    int m_window = 20'000;
    SubjectKey m_subject;
    bool m_dataShown = true;
};

} // namespace inspector
