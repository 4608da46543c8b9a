#pragma once
#include "tests/load/crowd.h"
#include "tests/load/usage.h"

#include <libnet/server.h>

#include <QProcess>

namespace load {

/// A server, and a crowd in a process of its own. What is not as it should be is printed and counted.
class Stand : public QObject
{
    Q_OBJECT
public:
    Stand();
    ~Stand() override;

    /// A connection has its bytes sent back.
    void echo();
    bool listen(int backlog = net::DefaultBacklog);
    net::Server &server() { return m_server; }
    /// Starts the process; \a plan without its port.
    bool invite(Crowd::Plan plan);
    /// Writes a line, so that the crowd goes on.
    void goOn();
    bool waitAnswered(int seconds);
    /// The tally of the next round to end, once this process has no connection any more.
    bool waitRound(int seconds);

    void claim(bool holds, const QString &what);
    /// The same of resident memory, of which sanitizers keep what is freed.
    void claimMemory(bool holds, const QString &what);
    bool isFine() const { return m_complaints == 0; }

    Crowd::Tally tally;
    Usage crowd;  ///< after its last round
    Usage before; ///< this process, before anybody came
    int accepted = 0;
    int most = 0; ///< connections at a time

private:
    void readCrowd();

    net::Server m_server;
    QProcess m_process;
    int m_rounds = 0;
    int m_answered = 0;
    int m_complaints = 0;
};

} // namespace load
