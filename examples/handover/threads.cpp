#include "examples/handover/threads.h"

#include <QCoreApplication>
#include <QTextStream>
#include <QThread>

#include <memory>
#include <vector>

void answer(net::Socket *socket, const QByteArray &name)
{
    QObject::connect(socket, &net::Socket::errorOccurred, socket, [](const net::Error &error) {
        QTextStream(stderr) << "handover: a connection: " << error.message() << Qt::endl;
    });
    QObject::connect(
        socket, &net::Socket::data, socket, [socket, name, request = QByteArray()](const QByteArray &bytes) mutable {
            request += bytes;
            if (!request.contains("\r\n\r\n") || socket->writableEnded())
                return;
            const QByteArray body = name + '\n';
            socket->end("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: " +
                        QByteArray::number(body.size()) + "\r\n\r\n" + body);
        });
}

namespace {

/// A thread with an event loop, which ends with it.
class Hall
{
public:
    explicit Hall(int number) : m_name("thread " + QByteArray::number(number)) { m_thread.start(); }
    ~Hall()
    {
        m_thread.quit();
        m_thread.wait();
    }

    QThread *thread() { return &m_thread; }
    QByteArray name() const { return m_name; }

private:
    QByteArray m_name;
    QThread m_thread;
};

void printAddress(const net::SocketAddress &address)
{
    QTextStream(stdout) << "listening on " << address.toString() << Qt::endl;
}

/// A server that listens in the main thread, and then moves with all that is to come.
void listenIn(Hall &hall, int port, QObject *main, const std::function<void(int)> &onPort)
{
    auto *server = new net::Server;
    QObject::connect(server, &net::Server::connection, server,
                     [name = hall.name()](net::Socket *socket) { answer(socket, name); });
    server->listen({.port = port, .reusePort = true}, main, [server, &hall, onPort] {
        const net::SocketAddress address = server->address();
        // It goes with its thread.
        QObject::connect(hall.thread(), &QThread::finished, server, &QObject::deleteLater);
        server->moveToThread(hall.thread());
        if (onPort)
            onPort(address.port);
        printAddress(address);
    });
}

} // namespace

int serveInThreads(QCoreApplication &app, int port, int threads, bool reusePort)
{
    std::vector<std::unique_ptr<Hall>> halls;
    for (int i = 1; i <= threads; ++i)
        halls.push_back(std::make_unique<Hall>(i));

    if (reusePort) {
        // The first one finds the port, if it is to be chosen by the system.
        listenIn(*halls.front(), port, &app, [&](int chosen) {
            for (size_t i = 1; i < halls.size(); ++i)
                listenIn(*halls[i], chosen, &app, {});
        });
        return app.exec();
    }

    net::Server server({.pauseOnConnect = true});
    QObject::connect(&server, &net::Server::connection, [&halls, next = size_t(0)](net::Socket *socket) mutable {
        Hall &hall = *halls[next++ % halls.size()];
        // Only what has no parent can move; it deletes itself once it is closed.
        socket->setParent(nullptr);
        answer(socket, hall.name());
        socket->moveToThread(hall.thread());
        QMetaObject::invokeMethod(socket, [socket] { socket->resume(); });
    });
    server.listen(port, &app, [&server] { printAddress(server.address()); });
    return app.exec();
}
