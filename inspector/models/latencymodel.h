#pragma once
#include "inspector/models/latencyhistogram.h"
#include "inspector/models/logreader.h"
#include "inspector/models/sockettablemodel.h"

#include <QHash>

#include <array>

namespace inspector {

/// How long connections took to be made, to say their first byte and to answer, how long their signals had to wait and
/// their slots took, from the events of the log: the slowest first, and all that pass the filter in one histogram.
/// While it is active, the applications are asked to time their slots.
class LatencyModel : public SocketTableModel
{
    Q_OBJECT

public:
    enum class LatencyColumn : quint8 {
        Object,
        Remote,
        Connect,
        FirstByte,
        Answers,
        Median,
        P99,
        Greatest,
        Wait,
        Slot,
        SlowestSlot
    };
    /// What the histogram is of.
    enum class Measure : quint8 { Connect, FirstByte, Answer, Wait, Slot };

    LatencyModel(LiveView &view, FilterState &filter, QObject *parent = nullptr);

    Column objectColumn(int column) const override;
    QString summary() const override;
    const LatencyHistogram &histogram(Measure measure) const { return m_sums[static_cast<std::size_t>(measure)]; }

protected:
    void readOn() override;
    void rest() override;
    void forget() override;
    double weight(int row) const override;
    void take(const std::vector<int> &rows) override;
    QString text(int row, int column) const override;
    Tone tone(int row, int column) const override;

private:
    struct Times
    {
        qint64 begun = 0;    ///< looked up or attempted
        qint64 opened = 0;   ///< connected or accepted
        qint64 connect = -1; ///< ns it took
        qint64 first = -1;   ///< ns from open to the first byte received
        qint64 asked = 0;    ///< when the last bytes of a request moved; 0: answered, or none
        bool accepted = false;
        LatencyHistogram answers = {};
        LatencyHistogram waits = {}; ///< from readiness to the signal
        LatencyHistogram slots_ = {};
        net::wire::EventKind slowest = {}; ///< whose slot took longest
    };
    void note(const LogRecord &event);
    Times &timesOf(SubjectKey key);
    static void time(Times &times, const LogRecord &event);
    static void move(Times &times, qint64 time, bool received);
    const Times *timesOf(int row) const;

    LogReader m_log;
    QHash<SubjectKey, Times> m_times;
    std::array<LatencyHistogram, 5> m_sums;
    bool m_complete = false;
};

} // namespace inspector
