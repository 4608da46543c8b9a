#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <libnet/net.h>

#include <cerrno>

using namespace Qt::StringLiterals;
using test::DeafPort;
using test::EventLog;
using test::RawListener;

/// Connections that do not come about, with Node's codes and words.
class tst_ConnectingErrors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aPortWithoutAListenerRefuses();
    void aMissingPathIsEnoent();
    void aPathThatIsAFileRefuses();
    void anOverlongPathIsInvalid();
    void anUnknownNameIsNotFound();
    void everyAddressOfANameRefusing();
    void aLocalPortInUseIsToldByBind();
    void aLocalAddressOfTheOtherFamilyIsInvalid();
    void theLocalEndIsPartOfTheMessage();
    void misuseIsToldWithNodesCode_data();
    void misuseIsToldWithNodesCode();
    void connectingWhileConnectedFails();
    void pendingWritesAreToldAfterClosed();
    void aPendingEndIsToldBeforeTheError();
    void destroyWhileConnecting();
    void destroyWhileLookingUp();
    void destroyWithPendingWritesWhileConnecting();
    void destroyedByASlotOfConnectedWithPendingWrites();
    void resetAskedForBeforeTheFirstWrite();
    void deletedWhileConnecting();
    void destroyInsideTheStoryOfConnecting_data();
    void destroyInsideTheStoryOfConnecting();
};

void tst_ConnectingErrors::aPortWithoutAListenerRefuses()
{
    DeafPort deaf;
    net::Socket socket;
    EventLog log(&socket, EventLog::Data | EventLog::Attempts);
    socket.connectTo(deaf.port(), u"127.0.0.1"_s);
    QCOMPARE(log.text(), QString());
    COMPARE_EVENTS(log, "attempt 127.0.0.1, failed 127.0.0.1 ECONNREFUSED, error ECONNREFUSED, closed after error");
    const net::Error error = log.error();
    QCOMPARE(error.message(), u"connect ECONNREFUSED 127.0.0.1:%1"_s.arg(deaf.port()));
    QCOMPARE(error.syscall(), u"connect"_s);
    QCOMPARE(error.errorNumber(), ECONNREFUSED);
    QCOMPARE(error.address(), u"127.0.0.1"_s);
    QCOMPARE(error.port(), int(deaf.port()));
    QVERIFY(socket.isDestroyed());
}

void tst_ConnectingErrors::aMissingPathIsEnoent()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"nobody.sock"_s);
    net::Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo(path);
    // Node announces a path from inside the call, since there is nothing to look up.
    QCOMPARE(log.text(), u"attempt "_s + path);
    WAIT_FOR(log.contains(u"closed after error"_s));
    QCOMPARE(log.text(), u"attempt %1, failed %1 ENOENT, error ENOENT, closed after error"_s.arg(path));
    QCOMPARE(log.error().message(), u"connect ENOENT "_s + path);
    QCOMPARE(log.error().path(), path);
    QCOMPARE(log.error().address(), path);
}

void tst_ConnectingErrors::aPathThatIsAFileRefuses()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(file.fileName());
    COMPARE_EVENTS(log, "error ECONNREFUSED, closed after error");
}

void tst_ConnectingErrors::anOverlongPathIsInvalid()
{
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(u"/tmp/"_s + QString(200, u'x'));
    COMPARE_EVENTS(log, "error EINVAL, closed after error");
    QCOMPARE(log.error().syscall(), u"connect"_s);
}

void tst_ConnectingErrors::anUnknownNameIsNotFound()
{
    // Refused by the resolver itself, without asking anybody: no label may be longer than 63 characters.
    const QString host = QString(70, u'x') + u".invalid"_s;
    net::Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo(80, host);
    WAIT_FOR(log.contains(u"closed after error"_s));
    QCOMPARE(log.text(), u"lookup %1 ENOTFOUND, error ENOTFOUND, closed after error"_s.arg(host));
    QCOMPARE(log.error().message(), u"getaddrinfo ENOTFOUND "_s + host);
    QCOMPARE(log.error().host(), host);
    QCOMPARE(log.error().syscall(), u"getaddrinfo"_s);
}

void tst_ConnectingErrors::everyAddressOfANameRefusing()
{
    DeafPort deaf;
    DeafPort deafToo("::1");
    net::Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo({.port = deaf.port(), .host = u"localhost"_s, .family = net::Family::IPv4});
    COMPARE_EVENTS(log, "lookup localhost 127.0.0.1 4, attempt 127.0.0.1, failed 127.0.0.1 ECONNREFUSED, "
                        "error ECONNREFUSED, closed after error");
    QVERIFY(log.error().errors().isEmpty());
}

void tst_ConnectingErrors::aLocalPortInUseIsToldByBind()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo({.port = listener.port(),
                      .host = u"127.0.0.1"_s,
                      .localAddress = u"127.0.0.1"_s,
                      .localPort = listener.port()});
    COMPARE_EVENTS(log, "error EADDRINUSE, closed after error");
    QCOMPARE(log.error().message(), u"bind EADDRINUSE 127.0.0.1:%1"_s.arg(listener.port()));
    QCOMPARE(log.error().syscall(), u"bind"_s);
}

void tst_ConnectingErrors::aLocalAddressOfTheOtherFamilyIsInvalid()
{
    DeafPort deaf;
    net::Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo({.port = deaf.port(), .host = u"127.0.0.1"_s, .localAddress = u"::1"_s});
    COMPARE_EVENTS(log, "error EINVAL, closed after error");
    QCOMPARE(log.error().message(), u"bind EINVAL ::1"_s);
}

void tst_ConnectingErrors::theLocalEndIsPartOfTheMessage()
{
    DeafPort deaf;
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo({.port = deaf.port(), .host = u"127.0.0.1"_s, .localAddress = u"127.0.0.2"_s});
    COMPARE_EVENTS(log, "error ECONNREFUSED, closed after error");
    // Without a port there is no end to speak of.
    QCOMPARE(log.error().message(), u"connect ECONNREFUSED 127.0.0.1:%1"_s.arg(deaf.port()));

    quint16 port = 0;
    {
        DeafPort free("127.0.0.2");
        port = free.port();
    }
    net::Socket other;
    EventLog otherLog(&other);
    other.connectTo({.port = deaf.port(), .host = u"127.0.0.1"_s, .localAddress = u"127.0.0.2"_s, .localPort = port});
    COMPARE_EVENTS(otherLog, "error ECONNREFUSED, closed after error");
    QCOMPARE(otherLog.error().message(),
             u"connect ECONNREFUSED 127.0.0.1:%1 - Local (127.0.0.2:%2)"_s.arg(deaf.port()).arg(port));
}

void tst_ConnectingErrors::misuseIsToldWithNodesCode_data()
{
    QTest::addColumn<int>("port");
    QTest::addColumn<int>("localPort");
    QTest::addColumn<QString>("localAddress");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    const QString badPort = u"Port should be >= 0 and < 65536. Received type number (%1)."_s;
    QTest::newRow("port too large") << 65536 << 0 << QString() << u"ERR_SOCKET_BAD_PORT"_s << badPort.arg(65536);
    QTest::newRow("port negative") << -1 << 0 << QString() << u"ERR_SOCKET_BAD_PORT"_s << badPort.arg(-1);
    QTest::newRow("local port too large")
        << 80 << 65536 << QString() << u"ERR_SOCKET_BAD_PORT"_s
        << u"options.localPort should be >= 0 and < 65536. Received type number (65536)."_s;
    QTest::newRow("local address not an address")
        << 80 << 0 << u"nonsense"_s << u"ERR_INVALID_IP_ADDRESS"_s << u"Invalid IP address: nonsense"_s;
}

void tst_ConnectingErrors::misuseIsToldWithNodesCode()
{
    QFETCH(int, port);
    QFETCH(int, localPort);
    QFETCH(QString, localAddress);
    QFETCH(QString, code);
    QFETCH(QString, message);
    net::Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo({.port = port, .host = u"127.0.0.1"_s, .localAddress = localAddress, .localPort = localPort});
    QCOMPARE(log.text(), QString());
    WAIT_FOR(log.contains(u"closed after error"_s));
    QCOMPARE(log.text(), u"error %1, closed after error"_s.arg(code));
    QCOMPARE(log.error().message(), message);
    QCOMPARE(log.error().errorNumber(), 0);

    net::Socket nowhere;
    EventLog nowhereLog(&nowhere);
    nowhere.connectTo(net::ConnectOptions{});
    COMPARE_EVENTS(nowhereLog, "error ERR_MISSING_ARGS, closed after error");
    QCOMPARE(nowhereLog.error().message(), u"The \"options\" or \"port\" or \"path\" argument must be specified"_s);
}

void tst_ConnectingErrors::connectingWhileConnectedFails()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready, error EISCONN, closed after error");
}

// The order of the next two is Node's, found by asking it.
void tst_ConnectingErrors::pendingWritesAreToldAfterClosed()
{
    DeafPort deaf;
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(deaf.port(), u"127.0.0.1"_s);
    QVERIFY(socket.write("a", this, log.noting(u"first"_s)));
    QVERIFY(socket.write("b", this, log.noting(u"second"_s)));
    socket.end("c", this, log.noting(u"end"_s));
    COMPARE_EVENTS(log, "error ECONNREFUSED, closed after error, first ERR_SOCKET_CLOSED_BEFORE_CONNECTION, "
                        "second ECONNREFUSED, end ECONNREFUSED");
}

void tst_ConnectingErrors::aPendingEndIsToldBeforeTheError()
{
    DeafPort deaf;
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(deaf.port(), u"127.0.0.1"_s);
    socket.end({}, this, log.noting(u"end"_s));
    COMPARE_EVENTS(log, "end ECONNREFUSED, error ECONNREFUSED, closed after error");
}

void tst_ConnectingErrors::destroyWhileConnecting()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    socket.destroy();
    QCOMPARE(log.text(), QString());
    COMPARE_EVENTS(log, "closed");
    QVERIFY(!socket.isConnecting());
}

void tst_ConnectingErrors::destroyWhileLookingUp()
{
    net::Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo(80, u"localhost"_s);
    socket.destroy();
    COMPARE_EVENTS(log, "closed");
    // A socket that uses the same resolver threads comes through: by now the lost answer has reached nobody.
    RawListener listener;
    net::Socket other;
    EventLog otherLog(&other);
    other.connectTo(listener.port(), u"localhost"_s);
    COMPARE_EVENTS(otherLog, "connected, ready");
    QCOMPARE(log.text(), u"closed"_s);
}

void tst_ConnectingErrors::destroyWithPendingWritesWhileConnecting()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    socket.write("a", this, log.noting(u"first"_s));
    socket.write("b", this, log.noting(u"second"_s));
    socket.end({}, this, log.noting(u"end"_s));
    socket.destroy();
    COMPARE_EVENTS(log, "closed, first ERR_SOCKET_CLOSED_BEFORE_CONNECTION, "
                        "second ERR_SOCKET_CLOSED_BEFORE_CONNECTION, end ERR_SOCKET_CLOSED_BEFORE_CONNECTION");
}

void tst_ConnectingErrors::destroyedByASlotOfConnectedWithPendingWrites()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket);
    connect(&socket, &net::Socket::connected, &socket, [&socket] { socket.destroy(); });
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    socket.write("a", this, log.noting(u"first"_s));
    socket.write("b", this, log.noting(u"second"_s));
    COMPARE_EVENTS(log, "connected, first ERR_SOCKET_CLOSED, second ERR_SOCKET_CLOSED, ready, closed");
}

void tst_ConnectingErrors::resetAskedForBeforeTheFirstWrite()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    socket.resetAndDestroy();
    socket.write("late", this, log.noting(u"written"_s));
    COMPARE_EVENTS(log, "connected, written ERR_SOCKET_CLOSED, ready, closed");
    QCOMPARE(socket.bytesWritten(), 0u);
}

void tst_ConnectingErrors::deletedWhileConnecting()
{
    RawListener listener;
    EventLog log;
    for (const QString &host : {u"127.0.0.1"_s, u"localhost"_s}) {
        auto socket = std::make_unique<net::Socket>();
        log.watch(socket.get(), {}, EventLog::Attempts);
        socket->connectTo(listener.port(), host);
        socket->write("never", this, log.noting(u"written"_s));
    }
    QTemporaryDir folder;
    {
        net::Socket socket;
        log.watch(&socket);
        socket.connectTo(folder.filePath(u"nobody"_s));
    }
    test::settle();
    QCOMPARE(log.text(), QString());
}

void tst_ConnectingErrors::destroyInsideTheStoryOfConnecting_data()
{
    QTest::addColumn<QString>("signal");
    QTest::addColumn<bool>("remove");
    QTest::addColumn<QString>("story");
    const QString attempts = u"lookup localhost 127.0.0.1 4, attempt 127.0.0.1, failed 127.0.0.1 ECONNREFUSED, "_s;
    const QStringList parts = attempts.split(u", "_s, Qt::SkipEmptyParts);
    const QStringList signalNames = {u"lookup"_s, u"attempt"_s, u"failed"_s};
    for (qsizetype i = 0; i < signalNames.size(); ++i) {
        const QString story = parts.mid(0, i + 1).join(u", "_s);
        QTest::newRow(qPrintable(u"destroyed in "_s + signalNames.at(i)))
            << signalNames.at(i) << false << story + u", closed"_s;
        QTest::newRow(qPrintable(u"deleted in "_s + signalNames.at(i))) << signalNames.at(i) << true << story;
    }
}

void tst_ConnectingErrors::destroyInsideTheStoryOfConnecting()
{
    QFETCH(QString, signal);
    QFETCH(bool, remove);
    QFETCH(QString, story);
    DeafPort deaf;
    QPointer<net::Socket> socket = new net::Socket;
    EventLog log(socket, EventLog::Attempts);
    const auto leave = [&] {
        if (remove)
            delete socket;
        else
            socket->destroy();
    };
    if (signal == u"lookup"_s)
        connect(socket, &net::Socket::lookup, this, leave);
    else if (signal == u"attempt"_s)
        connect(socket, &net::Socket::connectionAttempt, this, leave);
    else
        connect(socket, &net::Socket::connectionAttemptFailed, this, leave);
    socket->connectTo({.port = deaf.port(), .host = u"localhost"_s, .family = net::Family::IPv4});
    QCOMPARE(log.textLike(story), story);
    delete socket;
}

QTEST_GUILESS_MAIN(tst_ConnectingErrors)
#include "tst_connectingerrors.moc"
