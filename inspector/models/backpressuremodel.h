#pragma once
#include "inspector/models/logreader.h"
#include "inspector/models/slowness.h"
#include "inspector/models/sockettablemodel.h"
#include "inspector/models/throughputseries.h"

#include <QHash>

namespace inspector {

/// Which sockets have more to send than they should hold: those above their high-water mark first, then those with
/// anything waiting, then those that have waited for drain before; and how much waits in all over time.
class BackpressureModel : public SocketTableModel
{
    Q_OBJECT

public:
    enum class BackpressureColumn : quint8 { Object, Queue, Why, Kernel, Since, Waited, Times, Remote };

    BackpressureModel(LiveView &view, FilterState &filter, QObject *parent = nullptr);

    Column objectColumn(int column) const override;
    QString summary() const override;
    /// Bytes that wait in the queues of those that pass the filter, as "out", and above their marks as "in".
    const ThroughputSeries &series() const { return m_series; }
    qint64 now() const { return view().now(); }

protected:
    void readOn() override;
    void rest() override;
    void forget() override;
    double weight(int row) const override;
    void take(const std::vector<int> &rows) override;
    QString text(int row, int column) const override;
    Tone tone(int row, int column) const override;
    double fill(int row, int column) const override;

private:
    /// How long a socket has waited for drain, the present time left out.
    struct Waits
    {
        qint64 since = 0;   ///< 0: not at present
        qint64 endedAt = 0; ///< the last time
        qint64 total = 0;
        int times = 0;
    };
    void note(const LogRecord &event);
    void watch(const std::vector<int> &rows);
    const KernelState *kernel(int row) const;
    bool isAbove(int row) const { return isAboveMark(table(), row); }
    qint64 since(int row) const;
    qint64 waited(int row) const;

    LogReader m_log;
    QHash<SubjectKey, Waits> m_waits;
    ThroughputSeries m_series;
    quint64 m_queued = 0;
    int m_above = 0;
    int m_waiting = 0;
};

} // namespace inspector
