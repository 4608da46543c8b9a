#pragma once
#include <QObject>

#include <memory>

class QSocketNotifier;

namespace inspector {

/// Turns SIGINT and SIGTERM into a Qt signal, so that a recording is ended in order. The second one ends the program.
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
