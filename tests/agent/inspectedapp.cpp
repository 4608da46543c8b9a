#include "libnet/server.h"
#include "libnet/socket.h"

#ifdef LINKS_AGENT
#include "libnet/agent/agent.h"
#endif

#include <QCoreApplication>
#include <QPointer>
#include <QSocketNotifier>
#include <QTemporaryDir>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

/// A real application with both ends of its connections: connection number i sends i bytes and gets them back.
/// Commands on standard input, one letter each: r reports its own counters, h closes one half of the connections,
/// g ends every other client's side, d destroys every third pair's client, q quits. Answers end with a dot.
class InspectedApp : public QObject
{
    Q_OBJECT
public:
    InspectedApp(int connections, int localConnections) : m_expected(connections + localConnections)
    {
        serve(m_server);
        serve(m_localServer);
        m_server.setObjectName(u"tcp"_s);
        m_localServer.setObjectName(u"local"_s);
        m_server.listen({.port = 0, .host = u"127.0.0.1"_s}, this, [this, connections] {
            for (int i = 0; i < connections; ++i)
                connectClient(i, {.port = m_server.address().port, .host = u"127.0.0.1"_s});
        });
        m_localServer.listen({.path = m_place.filePath(u"s"_s)}, this, [this, connections, localConnections] {
            for (int i = 0; i < localConnections; ++i)
                connectClient(connections + i, {.path = m_place.filePath(u"s"_s)});
        });
        connect(&m_input, &QSocketNotifier::activated, this, &InspectedApp::obey);
    }

private:
    void serve(net::Server &server)
    {
        connect(&server, &net::Server::connection, this, [this](net::Socket *socket) {
            m_accepted.append(socket);
            noteLocalPort(socket);
            connect(socket, &net::Socket::data, socket, [socket](const QByteArray &bytes) { socket->write(bytes); });
            connect(socket, &net::Socket::errorOccurred, socket, [] {});
        });
    }

    void connectClient(int number, const net::ConnectOptions &options)
    {
        auto *const client = new net::Socket(this);
        client->setObjectName(u"client %1"_s.arg(number));
        connect(client, &net::Socket::errorOccurred, client, [] {});
        connect(client, &net::Socket::data, this, [this, client, number] {
            if (client->bytesRead() == number)
                noteDone();
        });
        client->connectTo(options, this, [this, client, number] {
            noteLocalPort(client);
            if (number > 0)
                client->write(QByteArray(number, 'x'));
            else
                noteDone();
        });
        m_clients.append(client);
    }

    // A socket forgets its own address when it closes; the report names it all the same.
    static void noteLocalPort(net::Socket *socket) { socket->setProperty("localPortThen", socket->localPort()); }

    void noteDone()
    {
        if (++m_done == m_expected)
            say("ready");
    }

    static void say(const char *word)
    {
        std::printf("%s\n.\n", word);
        std::fflush(stdout);
    }

    void obey()
    {
        char letter = 0;
        if (::read(STDIN_FILENO, &letter, 1) <= 0 || letter == 'q')
            return QCoreApplication::quit();
        if (letter == 'r')
            report();
        for (qsizetype i = 0; letter == 'g' && i < m_clients.size(); i += 2)
            m_clients.at(i)->end();
        for (qsizetype i = 0; letter == 'd' && i < m_clients.size(); i += 3)
            m_clients.at(i)->destroy();
    }

    static void print(const char *side, const net::Socket *socket)
    {
        std::printf("%s %d %d %lld %lld\n", side, socket->property("localPortThen").toInt(), socket->remotePort(),
                    static_cast<long long>(socket->bytesRead()),
                    static_cast<long long>(socket->bytesWritten() - socket->writableLength()));
    }

    void report()
    {
        for (const net::Socket *client : std::as_const(m_clients))
            print("client", client);
        for (const auto &socket : std::as_const(m_accepted)) {
            if (socket)
                print("accepted", socket);
        }
        m_server.getConnections(this, [this](const net::Error &, int tcp) {
            m_localServer.getConnections(this, [tcp](const net::Error &, int local) {
                std::printf("connections %d %d\n.\n", tcp, local);
                std::fflush(stdout);
            });
        });
    }

    QTemporaryDir m_place;
    net::Server m_server;
    net::Server m_localServer;
    QList<net::Socket *> m_clients;
    QList<QPointer<net::Socket>> m_accepted;
    QSocketNotifier m_input{STDIN_FILENO, QSocketNotifier::Read};
    const int m_expected;
    int m_done = 0;
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
#ifdef LINKS_AGENT
    if (!net::Agent::start({.name = u"linked"_s}))
        std::fprintf(stderr, "inspectedapp: %s\n", qPrintable(net::Agent::errorString()));
#endif
    InspectedApp app(arguments.value(1, u"3"_s).toInt(), arguments.value(2, u"0"_s).toInt());
    return QCoreApplication::exec();
}

#include "inspectedapp.moc"
