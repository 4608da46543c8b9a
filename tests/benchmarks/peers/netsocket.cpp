// net::Server and net::Socket as an application would use them.
#include "tests/benchmarks/peers/qtdispatcher.h"
#include "tests/benchmarks/peers/role.h"

#include <libnet/net.h>

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QFile>
#include <QTimer>

namespace {

using bench::Role;

class NetServer : public QObject
{
public:
    explicit NetServer(const Role &role);

private:
    void serve(net::Socket *socket);
    void pump(net::Socket *socket);
    void gone();

    Role m_role;
    net::Server m_server;
    QTimer m_timer;
    bench::Lateness m_lateness;
    QByteArray m_piece;
    int m_open = 0;
};

NetServer::NetServer(const Role &role) : m_role(role), m_piece(role.size, 'x')
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(bench::Lateness::Period);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_lateness.tick();
        m_lateness.arm();
        m_timer.start();
    });

    connect(&m_server, &net::Server::connection, this, &NetServer::serve);
    connect(&m_server, &net::Server::errorOccurred, this,
            [](const net::Error &error) { qFatal("%s", qPrintable(error.message())); });
    connect(&m_server, &net::Server::listening, this, [this] {
        const net::SocketAddress address = m_server.address();
        const char *dispatcher = QAbstractEventDispatcher::instance()->metaObject()->className();
        bench::announce(address.family == net::Family::Local ? m_role.path : std::to_string(address.port),
                        std::string(LIBNET_VERSION) + " with Qt " + qVersion() + ", " + dispatcher);
    });
    if (role.path.empty())
        m_server.listen({.port = 0, .host = QStringLiteral("127.0.0.1")});
    else
        m_server.listen({.path = QString::fromStdString(role.path)});
}

void NetServer::serve(net::Socket *socket)
{
    connect(socket, &net::Socket::closed, this, &NetServer::gone);
    switch (m_role.kind) {
    case Role::Kind::Echo:
        connect(socket, &net::Socket::data, socket, [socket](const QByteArray &bytes) { socket->write(bytes); });
        break;
    case Role::Kind::Timer:
        if (m_open == 0) {
            m_lateness.arm();
            m_timer.start();
        }
        [[fallthrough]];
    case Role::Kind::Sink:
        connect(socket, &net::Socket::data, socket, [](const QByteArray &) {});
        break;
    case Role::Kind::Source:
        connect(socket, &net::Socket::drain, this, [this, socket] { pump(socket); });
        pump(socket);
        break;
    case Role::Kind::File: {
        auto *file = new QFile(QString::fromStdString(m_role.file), socket);
        if (!file->open(QIODevice::ReadOnly))
            qFatal("open: %s", qPrintable(file->errorString()));
        const auto again = [file, socket] {
            file->seek(0);
            net::pipe(file, socket, false);
        };
        connect(socket, &net::Socket::unpiped, file, [again, socket] {
            if (socket->isWritable())
                again();
        });
        again();
        break;
    }
    case Role::Kind::Relay: {
        net::Socket *upstream = net::connect(m_role.to, QStringLiteral("127.0.0.1"), socket);
        socket->pipe(upstream);
        upstream->pipe(socket);
        break;
    }
    }
    ++m_open;
}

void NetServer::pump(net::Socket *socket)
{
    while (socket->write(m_piece)) {
    }
}

void NetServer::gone()
{
    if (--m_open > 0 || m_role.kind != Role::Kind::Timer)
        return;
    m_timer.stop();
    m_lateness.print();
}

} // namespace

int main(int argc, char **argv)
{
    const Role role = Role::parse(argc, argv);
    bench::chooseDispatcher();
    QCoreApplication application(argc, argv);
    NetServer server(role);
    return application.exec();
}
