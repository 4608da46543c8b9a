#include "tests/model/pattern.h"
#include "tests/model/socketmodel.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using model::Pattern;
using model::SocketModel;
using Cause = SocketModel::Cause;

/// That the model says what is wrong, and nothing when nothing is.
class tst_SocketModel : public QObject
{
    Q_OBJECT

    QStringList complaints;
    SocketModel connectedModel()
    {
        complaints.clear();
        SocketModel socket([this](const QString &complaint) { complaints.append(complaint); });
        socket.connectCalled();
        socket.connected();
        socket.ready();
        return socket;
    }

private Q_SLOTS:
    void nothingIsSaidOfAWholeLife()
    {
        SocketModel socket = connectedModel();
        socket.writeCalled(true, 5, 1);
        socket.writeReturned(true, false, true);
        socket.data(3);
        socket.drain(0);
        socket.told(1, QString());
        socket.endCalled(2);
        socket.told(2, QString());
        socket.finish();
        socket.ended(0);
        socket.closed(false);
        socket.mustBeOver();
        QCOMPARE(complaints, QStringList());
    }

    void aStoryThatMustNotBe_data()
    {
        using Story = std::function<void(SocketModel &)>;
        QTest::addColumn<Story>("story");
        QTest::addColumn<QString>("complaint");
        const auto row = [](const char *complaint, const Story &story) {
            QTest::newRow(complaint) << story << QString::fromLatin1(complaint);
        };
        row("data after ended", [](SocketModel &s) { s.ended(0), s.data(1); });
        row("data after closed", [](SocketModel &s) { s.closed(false), s.data(1); });
        row("data after destroy() or an error", [](SocketModel &s) { s.destroyCalled(2), s.data(2), s.data(1); });
        row("data while paused", [](SocketModel &s) { s.pauseCalled(), s.data(1); });
        row("ended before all data", [](SocketModel &s) { s.ended(7); });
        row("ended twice", [](SocketModel &s) { s.ended(0), s.ended(0); });
        row("closed twice", [](SocketModel &s) { s.closed(false), s.closed(false); });
        row("closed() and errorOccurred() disagree", [](SocketModel &s) { s.closed(true); });
        row("an error after closed", [](SocketModel &s) { s.closed(false), s.error(u"EPIPE"_s); });
        row("two errors",
            [](SocketModel &s) { s.mayFail(Cause::Asked), s.error(u"ERR_MINE"_s), s.error(u"ERR_MINE"_s); });
        row("closed without the error that was due",
            [](SocketModel &s) { s.mustFail(Cause::Asked), s.destroyCalled(), s.closed(false); });
        row("ECONNRESET without a cause", [](SocketModel &s) { s.error(u"ECONNRESET"_s); });
        row("EPERM has no cause", [](SocketModel &s) { s.mayFail(Cause::OtherSideLost), s.error(u"EPERM"_s); });
        row("EPIPE has no cause", [](SocketModel &s) { s.mayFail(Cause::WriteAfterEnd), s.error(u"EPIPE"_s); });
        row("a callback was told EPERM without a cause",
            [](SocketModel &s) { s.mayFail(Cause::OtherSideLost), s.writeCalled(true, 1, 1), s.told(1, u"EPERM"_s); });
        row("the queue is empty, and drain has not come", [](SocketModel &s) {
            s.writeCalled(true, 1, 0), s.writeReturned(true, false, true), s.turnIsOver(0), s.turnIsOver(0);
        });
        row("timedOut without a timeout", [](SocketModel &s) { s.timeoutSet(5), s.timeoutSet(0), s.timedOut(); });
        row("finish without end()", [](SocketModel &s) { s.finish(); });
        row("finish before the callback of a write",
            [](SocketModel &s) { s.writeCalled(true, 1, 1), s.endCalled(0), s.finish(); });
        row("drain that nobody waits for", [](SocketModel &s) { s.drain(0); });
        row("the callback of write 2 is not due: 1 is",
            [](SocketModel &s) { s.writeCalled(true, 1, 1), s.writeCalled(true, 1, 2), s.told(2, QString()); });
        row("the callback of write 1 is not due: none is",
            [](SocketModel &s) { s.writeCalled(true, 1, 1), s.told(1, QString()), s.told(1, QString()); });
        row("a refused write was told to be sent",
            [](SocketModel &s) { s.writeCalled(false, 1, 1), s.told(1, QString()); });
        row("a write was sent after one that was not", [](SocketModel &s) {
            s.writeCalled(true, 1, 1), s.writeCalled(true, 1, 2), s.told(1, u"ERR_STREAM_DESTROYED"_s),
                s.told(2, QString());
        });
        row("closed has never come", [](SocketModel &s) { s.mustBeOver(); });
        row("ready without connected", [](SocketModel &s) { s.ready(); });
    }
    void aStoryThatMustNotBe()
    {
        QFETCH(std::function<void(SocketModel &)>, story);
        QFETCH(QString, complaint);
        SocketModel socket = connectedModel();
        story(socket);
        QCOMPARE(complaints.value(0), complaint);
    }

    void everyCauseHasCodesOfItsOwn_data()
    {
        QTest::addColumn<Cause>("cause");
        QTest::addColumn<QString>("code");
        QTest::newRow("asked") << Cause::Asked << u"ERR_MINE"_s;
        QTest::newRow("written after the end") << Cause::WriteAfterEnd << u"ERR_STREAM_WRITE_AFTER_END"_s;
        QTest::newRow("written after both ends") << Cause::WriteAfterPeersEnd << u"EPIPE"_s;
        QTest::newRow("unconnected") << Cause::Unconnected << u"ERR_SOCKET_CLOSED"_s;
        QTest::newRow("no port") << Cause::BadPort << u"ERR_SOCKET_BAD_PORT"_s;
        QTest::newRow("refused") << Cause::NobodyListens << u"ECONNREFUSED"_s;
        QTest::newRow("no such path") << Cause::NobodyListens << u"ENOENT"_s;
        QTest::newRow("reset") << Cause::OtherSideLost << u"ECONNRESET"_s;
        QTest::newRow("written to nobody") << Cause::OtherSideLost << u"EPIPE"_s;
    }
    void everyCauseHasCodesOfItsOwn()
    {
        QFETCH(Cause, cause);
        QFETCH(QString, code);
        SocketModel socket = connectedModel();
        socket.mayFail(cause);
        socket.error(code);
        socket.closed(true);
        socket.mustBeOver();
        QCOMPARE(complaints, QStringList());
        // The next connection needs a cause of its own.
        socket.connectCalled();
        socket.error(code);
        QCOMPARE(complaints, QStringList(code + u" without a cause"_s));
    }

    void drainIsOwedInTheSecondTurnWithAnEmptyQueue()
    {
        SocketModel socket = connectedModel();
        socket.writeCalled(true, 1, 0);
        socket.writeReturned(true, false, true);
        socket.turnIsOver(0);
        socket.turnIsOver(1);
        socket.turnIsOver(0);
        socket.writeCalled(true, 1, 0);
        socket.turnIsOver(0);
        QCOMPARE(complaints, QStringList());
        socket.turnIsOver(0);
        QCOMPARE(complaints.size(), 1);
    }

    void timedOutIsOwedOnceAfterEachActivity()
    {
        SocketModel socket = connectedModel();
        QVERIFY(!socket.owesTimedOut());
        socket.timeoutSet(5);
        QVERIFY(socket.owesTimedOut());
        socket.timedOut();
        QVERIFY(!socket.owesTimedOut());
        socket.writeCalled(true, 1, 0);
        QVERIFY(socket.owesTimedOut());
        socket.destroyCalled();
        QVERIFY(!socket.owesTimedOut());
        QCOMPARE(complaints, QStringList());
    }

    void aByteThatIsMissingShows()
    {
        const QByteArray whole = Pattern::bytes(0xabcdef, 0, 4096);
        QCOMPARE(Pattern::streamOf(whole), std::optional<quint32>(0xabcdef));
        QCOMPARE(Pattern::bytes(0xabcdef, 100, 1000), whole.mid(100, 1000));
        QVERIFY(Pattern::bytes(0xabcdef, 101, 1000) != whole.mid(100, 1000));
        QVERIFY(!Pattern::streamOf(whole.mid(1)));
    }
};

QTEST_GUILESS_MAIN(tst_SocketModel)
#include "tst_socketmodel.moc"
