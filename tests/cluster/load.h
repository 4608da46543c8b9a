#pragma once
#include <libnet/socket.h>

#include <QMap>
#include <QSet>
#include <QStringList>

namespace test {

/// Many clients that connect, learn which process serves them, talk a little, and end, again and again.
class Load : public QObject
{
public:
    explicit Load(quint16 port);

    /// From now on connections of \a process may break.
    void noteKilled(qint64 process) { m_killed.insert(process); }
    /// Those that are under way go on to their end.
    void stop() { m_stopping = true; }
    bool isFinished() const { return m_stopping && m_open == 0; }

    int finished() const { return m_finished; }
    int lostWithKilled() const { return m_lost; }
    QStringList failures() const { return m_failures; }
    /// "process 123: 45", for each that has served.
    QStringList distribution() const;

private:
    void start();

    const quint16 m_port;
    int m_open = 0;
    int m_finished = 0;
    int m_lost = 0;
    bool m_stopping = false;
    QSet<qint64> m_killed;
    QMap<qint64, int> m_served;
    QStringList m_failures;
};

} // namespace test
