#pragma once
#include "inspector/models/logreader.h"
#include "inspector/models/sockettablemodel.h"

#include <QHash>

namespace inspector {

/// The sockets of which one side has ended and the other has not, for how long, and what is missing to "closed".
class HalfOpenModel : public SocketTableModel
{
    Q_OBJECT

public:
    enum class HalfOpenColumn : quint8 { Object, Remote, Ended, Since, Pending, Why };

    HalfOpenModel(LiveView &view, FilterState &filter, QObject *parent = nullptr);

    Column objectColumn(int column) const override;
    QString summary() const override;

protected:
    void readOn() override;
    void forget() override;
    double weight(int row) const override;
    void take(const std::vector<int> &rows) override;
    QString text(int row, int column) const override;
    Tone tone(int row, int column) const override;

private:
    qint64 endedAt(int row) const;
    QString why(int row) const;

    LogReader m_log;
    QHash<SubjectKey, qint64> m_ended; ///< when the first side ended, as an event says
    int m_byPeer = 0;
    int m_byUs = 0;
};

} // namespace inspector
