// QTcpServer and QTcpSocket, or QLocalServer and QLocalSocket, as their documentation shows them.
#include "tests/benchmarks/peers/qtdispatcher.h"
#include "tests/benchmarks/peers/role.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

using bench::Role;

constexpr qint64 highWaterMark = 64LL * 1024;

class QtServer : public QObject
{
public:
    explicit QtServer(const Role &role);

private:
    /// A QTcpSocket or a QLocalSocket that has just connected.
    template <typename Socket>
    void serve(Socket *socket);
    template <typename Socket>
    void pump(Socket *socket);
    void relay(QTcpSocket *client);
    void gone();

    Role m_role;
    QTcpServer m_tcp;
    QLocalServer m_local;
    QTimer m_timer;
    bench::Lateness m_lateness;
    QByteArray m_piece;
    int m_open = 0;
};

QtServer::QtServer(const Role &role) : m_role(role), m_piece(role.size, 'x')
{
    connect(&m_tcp, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_tcp.nextPendingConnection())
            serve(socket);
    });
    connect(&m_local, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_local.nextPendingConnection())
            serve(socket);
    });
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(bench::Lateness::Period);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_lateness.tick();
        m_lateness.arm();
        m_timer.start();
    });

    m_tcp.setListenBacklogSize(511);
    m_local.setListenBacklogSize(511);
    const QString path = QString::fromStdString(role.path);
    if (!(path.isEmpty() ? m_tcp.listen(QHostAddress::LocalHost) : m_local.listen(path)))
        qFatal("listen: %s", qPrintable(path.isEmpty() ? m_tcp.errorString() : m_local.errorString()));
    const char *dispatcher = QAbstractEventDispatcher::instance()->metaObject()->className();
    bench::announce(path.isEmpty() ? std::to_string(m_tcp.serverPort()) : role.path,
                    std::string("Qt ") + qVersion() + ", " + dispatcher);
}

template <typename Socket>
void QtServer::serve(Socket *socket)
{
    connect(socket, &Socket::disconnected, this, [this, socket] {
        socket->deleteLater();
        gone();
    });
    switch (m_role.kind) {
    case Role::Kind::Echo:
        connect(socket, &Socket::readyRead, socket, [socket] { socket->write(socket->readAll()); });
        break;
    case Role::Kind::Timer:
        if (m_open == 0) {
            m_lateness.arm();
            m_timer.start();
        }
        [[fallthrough]];
    case Role::Kind::Sink:
        connect(socket, &Socket::readyRead, socket, [socket] { socket->readAll(); });
        break;
    case Role::Kind::Source:
        connect(socket, &Socket::bytesWritten, socket, [this, socket] { pump(socket); });
        pump(socket);
        break;
    case Role::Kind::File: {
        auto *file = new QFile(QString::fromStdString(m_role.file), socket);
        if (!file->open(QIODevice::ReadOnly))
            qFatal("open: %s", qPrintable(file->errorString()));
        const auto feed = [file, socket] {
            while (socket->bytesToWrite() < highWaterMark) {
                const QByteArray bytes = file->read(highWaterMark);
                socket->write(bytes);
                if (bytes.isEmpty())
                    file->seek(0);
            }
        };
        connect(socket, &Socket::bytesWritten, file, feed);
        feed();
        break;
    }
    case Role::Kind::Relay:
        if constexpr (std::is_same_v<Socket, QTcpSocket>)
            relay(socket);
        break;
    }
    ++m_open;
}

/// What \a from reads goes to \a to, and no more than \a to can send.
static void join(QTcpSocket *from, QTcpSocket *to)
{
    const auto move = [from, to] {
        if (to->bytesToWrite() < highWaterMark && from->bytesAvailable() > 0)
            to->write(from->readAll());
    };
    from->setReadBufferSize(highWaterMark);
    QObject::connect(from, &QTcpSocket::readyRead, to, move);
    QObject::connect(to, &QTcpSocket::bytesWritten, from, move);
    QObject::connect(from, &QTcpSocket::disconnected, to, &QTcpSocket::disconnectFromHost);
    move();
}

void QtServer::relay(QTcpSocket *client)
{
    auto *upstream = new QTcpSocket(client);
    connect(upstream, &QTcpSocket::connected, client, [client, upstream] {
        join(client, upstream);
        join(upstream, client);
    });
    upstream->connectToHost(QHostAddress::LocalHost, m_role.to);
}

template <typename Socket>
void QtServer::pump(Socket *socket)
{
    while (socket->bytesToWrite() < highWaterMark)
        socket->write(m_piece);
}

void QtServer::gone()
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
    QtServer server(role);
    return application.exec();
}
