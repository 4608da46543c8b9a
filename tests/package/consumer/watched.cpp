// Asks for the agent itself. Links LibNet::Net and LibNet::Agent.
#include <libnet/agent/agent.h>

#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const bool started = net::Agent::start({.name = QStringLiteral("a consumer")});
    QTextStream(stdout) << (started ? "watched" : net::Agent::errorString()) << Qt::endl;
    return started && net::Agent::isRunning() && QFile::exists(net::Agent::socketPath()) ? 0 : 1;
}
