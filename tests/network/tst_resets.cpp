#include "tests/support/rawpeer.h"
#include "tests/support/waiting.h"

#include <libnet/server.h>
#include <libnet/socket.h>

#include <QDir>

using namespace Qt::StringLiterals;
using net::Socket;

namespace {

// A question and its answer, in several writes each.
const QByteArray question = "hello, who is there? tell me all about you.\n";
const QByteArray answer = "it is me, and this is all there is to tell.\n";

int openDescriptors()
{
    return int(QDir(u"/proc/self/fd"_s).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size());
}

/// What happens to one socket.
struct Record
{
    explicit Record(Socket *socket)
    {
        QObject::connect(socket, &Socket::data, socket, [this](const QByteArray &bytes) { heard += bytes; });
        QObject::connect(socket, &Socket::ended, socket, [this] { ++ended; });
        QObject::connect(socket, &Socket::errorOccurred, socket, [this](const net::Error &error) {
            codes.append(error.code());
            afterClose |= closed > 0;
        });
        QObject::connect(socket, &Socket::closed, socket, [this, socket](bool failed) {
            ++closed;
            hadError = failed;
            read = socket->bytesRead();
        });
    }

    QByteArray heard;
    QStringList codes;
    int ended = 0;
    int closed = 0;
    qint64 read = 0;
    bool hadError = false;
    bool afterClose = false;
};

} // namespace

/// A conversation that is reset after each of its bytes.
class tst_Resets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aServersSocketSurvivesAResetAtEveryByte_data();
    void aServersSocketSurvivesAResetAtEveryByte();
    void aClientSurvivesAResetAtEveryByte();
    void ourResetAtEveryByteIsSeenByThePeer();

private:
    void checkEnd(const Record &record, const QByteArray &sent, int written, int answered);
};

// The end is told once, by ECONNRESET or by the write that came too late, and what was heard is what was sent.
void tst_Resets::checkEnd(const Record &record, const QByteArray &sent, int written, int answered)
{
    QCOMPARE(record.closed, 1);
    QVERIFY(record.hadError);
    QCOMPARE(record.codes.size(), 1);
    QVERIFY2(record.codes.at(0) == "ECONNRESET"_L1 || record.codes.at(0) == "EPIPE"_L1, qPrintable(record.codes.at(0)));
    QVERIFY(!record.afterClose);
    QCOMPARE(record.ended, 0);
    QVERIFY(sent.startsWith(record.heard));
    QCOMPARE(record.read, record.heard.size());
    QCOMPARE(answered, written);
}

void tst_Resets::aServersSocketSurvivesAResetAtEveryByte_data()
{
    QTest::addColumn<bool>("waits");
    QTest::newRow("once the byte has come") << true;
    QTest::newRow("right behind the byte") << false;
}

void tst_Resets::aServersSocketSurvivesAResetAtEveryByte()
{
    QFETCH(bool, waits);
    net::Server server;
    std::unique_ptr<Record> record;
    Socket *accepted = nullptr;
    int written = 0;
    int answered = 0;
    connect(&server, &net::Server::connection, this, [&](Socket *socket) {
        accepted = socket;
        record = std::make_unique<Record>(socket);
        connect(socket, &Socket::data, this, [&, socket](const QByteArray &bytes) {
            // A byte is answered by a byte, the whole question by the rest.
            for (qsizetype i = 0; i < bytes.size(); ++i) {
                ++written;
                socket->write(answer.mid(written - 1, 1), this, [&answered](const net::Error &) { ++answered; });
            }
        });
    });
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    test::settle();
    const int descriptors = openDescriptors();
    for (qsizetype bytes = 0; bytes <= question.size(); ++bytes) {
        accepted = nullptr;
        record.reset();
        written = answered = 0;
        test::RawPeer peer = test::RawPeer::connectedTo(server.address().port);
        WAIT_FOR(accepted);
        QVERIFY(peer.write(question.first(bytes)));
        if (waits)
            QCOMPARE(peer.read(bytes), answer.first(bytes));
        peer.reset();
        WAIT_FOR(server.connectionCount() == 0);
        test::settle();
        checkEnd(*record, question.first(bytes), written, answered);
        if (QTest::currentTestFailed())
            return;
        if (waits)
            QCOMPARE(record->heard, question.first(bytes));
        QCOMPARE(openDescriptors(), descriptors);
    }
}

void tst_Resets::aClientSurvivesAResetAtEveryByte()
{
    test::RawListener listener;
    QVERIFY(listener.isOpen());
    for (qsizetype bytes = 0; bytes <= answer.size(); ++bytes) {
        Socket socket;
        Record record(&socket);
        int answered = 0;
        socket.connectTo(listener.port(), u"127.0.0.1"_s);
        socket.write(question, this, [&answered](const net::Error &) { ++answered; });
        test::RawPeer peer = listener.accept();
        QCOMPARE(peer.read(question.size()), question);
        QVERIFY(peer.write(answer.first(bytes)));
        WAIT_FOR(record.heard.size() == bytes);
        peer.reset();
        WAIT_FOR(record.closed);
        test::settle();
        checkEnd(record, answer.first(bytes), 1, answered);
        if (QTest::currentTestFailed())
            return;
        QCOMPARE(record.heard, answer.first(bytes));
    }
}

void tst_Resets::ourResetAtEveryByteIsSeenByThePeer()
{
    test::RawListener listener;
    QVERIFY(listener.isOpen());
    for (qsizetype bytes = 0; bytes <= question.size(); ++bytes) {
        Socket socket;
        Record record(&socket);
        socket.connectTo(listener.port(), u"127.0.0.1"_s);
        socket.write(question.first(bytes));
        test::RawPeer peer = listener.accept();
        QCOMPARE(peer.read(bytes), question.first(bytes));
        WAIT_FOR(!socket.isConnecting());
        socket.resetAndDestroy();
        WAIT_FOR(record.closed);
        QCOMPARE(peer.readToEnd(), QByteArray());
        QCOMPARE(peer.readError(), ECONNRESET);
        QVERIFY(!record.hadError);
        QVERIFY(record.codes.isEmpty());
    }
}

QTEST_GUILESS_MAIN(tst_Resets)
#include "tst_resets.moc"
