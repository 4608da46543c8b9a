#include "tests/model/pattern.h"
#include "tests/model/socketmodel.h"

#include <QtTest>

using model::Pattern;
using model::SocketModel;

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
        socket.told(1, false);
        socket.endCalled(2);
        socket.told(2, false);
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
        row("an error after closed", [](SocketModel &s) { s.closed(false), s.error(QStringLiteral("EPIPE")); });
        row("two errors", [](SocketModel &s) { s.error(QStringLiteral("a")), s.error(QStringLiteral("b")); });
        row("finish without end()", [](SocketModel &s) { s.finish(); });
        row("finish before the callback of a write",
            [](SocketModel &s) { s.writeCalled(true, 1, 1), s.endCalled(0), s.finish(); });
        row("drain that nobody waits for", [](SocketModel &s) { s.drain(0); });
        row("the callback of write 2 is not due: 1 is",
            [](SocketModel &s) { s.writeCalled(true, 1, 1), s.writeCalled(true, 1, 2), s.told(2, false); });
        row("the callback of write 1 is not due: none is",
            [](SocketModel &s) { s.writeCalled(true, 1, 1), s.told(1, false), s.told(1, false); });
        row("a refused write was told to be sent",
            [](SocketModel &s) { s.writeCalled(false, 1, 1), s.told(1, false); });
        row("a write was sent after one that was not", [](SocketModel &s) {
            s.writeCalled(true, 1, 1), s.writeCalled(true, 1, 2), s.told(1, true), s.told(2, false);
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
