#include "tests/support/rawpeer.h"
#include "tests/support/waiting.h"

#include <libnet/net.h>

#include <QDataStream>
#include <QTcpServer>
#include <QTcpSocket>

using namespace Qt::StringLiterals;
using test::RawListener;
using test::RawPeer;

namespace {

void checkEcho(quint16 port)
{
    RawPeer peer = RawPeer::connectedTo(port);
    QVERIFY(peer.write("hello"));
    QCOMPARE(peer.read(5), QByteArray("hello"));
}

QByteArray encoded(const QString &message)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << message;
    return bytes;
}

} // namespace

/// Both sides of the page "Coming from QTcpSocket": each piece compiles, and does what the page says.
class tst_FromQTcpSocket : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void qtEcho();
    void echo();
    void qtConnect();
    void connectTo();
    void qtMessages();
    void messages();
    void qtSlowReader();
    void slowReader();
    void qtWait();
    void wait();

private:
    RawListener m_listener;
};

void tst_FromQTcpSocket::qtEcho()
{
    //! [qt echo]
    QTcpServer server;
    connect(&server, &QTcpServer::newConnection, this, [&server] {
        while (QTcpSocket *socket = server.nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->write(socket->readAll()); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
    server.listen(QHostAddress::LocalHost);
    //! [qt echo]
    checkEcho(server.serverPort());
}

void tst_FromQTcpSocket::echo()
{
    //! [echo]
    net::Server server;
    connect(&server, &net::Server::connection, this, [](net::Socket *socket) {
        connect(socket, &net::Socket::data, socket, [socket](const QByteArray &bytes) { socket->write(bytes); });
    });
    server.listen(0, u"127.0.0.1"_s);
    //! [echo]
    WAIT_FOR(server.isListening());
    checkEcho(server.address().port);
}

void tst_FromQTcpSocket::qtConnect()
{
    const quint16 port = m_listener.port();
    //! [qt connect]
    QTcpSocket socket;
    connect(&socket, &QTcpSocket::connected, this, [&socket] { socket.write("hello"); });
    connect(&socket, &QTcpSocket::errorOccurred, this, [&socket] { qWarning() << socket.errorString(); });
    socket.connectToHost(u"127.0.0.1"_s, port);
    //! [qt connect]
    QCOMPARE(m_listener.accept().read(5), QByteArray("hello"));
}

void tst_FromQTcpSocket::connectTo()
{
    const quint16 port = m_listener.port();
    //! [connect]
    net::Socket socket;
    connect(&socket, &net::Socket::errorOccurred, this, [](const net::Error &error) { qWarning() << error; });
    socket.connectTo(port, u"127.0.0.1"_s);
    socket.write("hello"); // waits for the connection by itself
    //! [connect]
    QCOMPARE(m_listener.accept().read(5), QByteArray("hello"));
}

void tst_FromQTcpSocket::qtMessages()
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, m_listener.port());
    RawPeer peer = m_listener.accept();
    QString message;
    //! [qt messages]
    QDataStream stream(&socket);
    connect(&socket, &QTcpSocket::readyRead, this, [&] {
        stream.startTransaction();
        stream >> message;
        if (!stream.commitTransaction())
            return; // the rest is still to come
        stream << message.toUpper();
    });
    //! [qt messages]
    const QByteArray bytes = encoded(u"abc"_s);
    QVERIFY(peer.write(bytes));
    QCOMPARE(peer.read(bytes.size()).size(), bytes.size());
    QCOMPARE(message, u"abc"_s);
}

void tst_FromQTcpSocket::messages()
{
    net::Socket socket;
    socket.connectTo(m_listener.port(), u"127.0.0.1"_s);
    RawPeer peer = m_listener.accept();
    QString message;
    //! [messages]
    QIODevice *device = socket.toDevice();
    QDataStream stream(device);
    connect(device, &QIODevice::readyRead, this, [&] {
        stream.startTransaction();
        stream >> message;
        if (!stream.commitTransaction())
            return; // the rest is still to come
        stream << message.toUpper();
    });
    //! [messages]
    const QByteArray bytes = encoded(u"abc"_s);
    QVERIFY(peer.write(bytes));
    QCOMPARE(peer.read(bytes.size()).size(), bytes.size());
    QCOMPARE(message, u"abc"_s);
}

void tst_FromQTcpSocket::qtSlowReader()
{
    QTemporaryFile file;
    QVERIFY(file.open() && file.write(QByteArray(3'000'000, 'f')) == 3'000'000 && file.seek(0));
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, m_listener.port());
    RawPeer peer = m_listener.accept();
    WAIT_FOR(socket.state() == QAbstractSocket::ConnectedState);
    //! [qt slow reader]
    const auto send = [&] {
        // QTcpSocket takes whatever it is given: somebody has to look how much waits.
        while (socket.bytesToWrite() < 65'536) {
            const QByteArray piece = file.read(65'536);
            if (piece.isEmpty()) {
                socket.disconnectFromHost();
                return;
            }
            socket.write(piece);
        }
    };
    connect(&socket, &QTcpSocket::bytesWritten, this, send);
    send();
    //! [qt slow reader]
    QCOMPARE(peer.readToEnd().size(), 3'000'000);
}

void tst_FromQTcpSocket::slowReader()
{
    QTemporaryFile file;
    QVERIFY(file.open() && file.write(QByteArray(3'000'000, 'f')) == 3'000'000 && file.seek(0));
    net::Socket socket;
    socket.connectTo(m_listener.port(), u"127.0.0.1"_s);
    RawPeer peer = m_listener.accept();
    //! [slow reader]
    net::pipe(&file, &socket);
    //! [slow reader]
    QCOMPARE(peer.readToEnd().size(), 3'000'000);
}

void tst_FromQTcpSocket::qtWait()
{
    const quint16 port = m_listener.port();
    QByteArray greeting;
    RawPeer peer;
    //! [qt wait]
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, port);
    if (!socket.waitForConnected(5000))
        qFatal("%s", qPrintable(socket.errorString()));
    //! [qt wait]
    peer = m_listener.accept();
    QVERIFY(peer.write("welcome"));
    //! [qt wait read]
    while (socket.bytesAvailable() < 7 && socket.waitForReadyRead(5000)) {
    }
    greeting = socket.readAll();
    //! [qt wait read]
    QCOMPARE(greeting, QByteArray("welcome"));
}

void tst_FromQTcpSocket::wait()
{
    const quint16 port = m_listener.port();
    QByteArray greeting;
    net::Socket socket;
    socket.connectTo(port, u"127.0.0.1"_s);
    RawPeer peer = m_listener.accept();
    QVERIFY(peer.write("welcome"));
    //! [wait read]
    QIODevice *device = socket.toDevice();
    while (device->bytesAvailable() < 7 && device->waitForReadyRead(5000)) {
    }
    greeting = device->readAll();
    //! [wait read]
    QCOMPARE(greeting, QByteArray("welcome"));
}

QTEST_GUILESS_MAIN(tst_FromQTcpSocket)
#include "tst_fromqtcpsocket.moc"
