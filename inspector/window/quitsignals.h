#pragma once
#include <QObject>

#include <memory>

class QSocketNotifier;

namespace inspector {

/// Turns SIGINT, SIGTERM and SIGHUP into a Qt signal, so that a recording is ended in order and a window remembers how
/// it looked. The second one ends the program. One that is ignored, as under nohup, stays so.
class QuitSignals : public QObject
{
    Q_OBJECT

public:
    explicit QuitSignals(QObject *parent = nullptr);
    ~QuitSignals() override;

Q_SIGNALS:
    void came();

private:
    int m_ends[2] = {-1, -1};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace inspector
