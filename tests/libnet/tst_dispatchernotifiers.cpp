#include "tests/libnet/dispatchers.h"
#include "tests/support/rawpeer.h"

#include <libnet/socket.h>

#include <QSocketNotifier>

#include <fcntl.h>

using namespace Qt::StringLiterals;
using net::Socket;
using test::Ends;
using test::RawListener;
using test::RawPeer;

/// Socket notifiers are told what concerns them, under whichever event dispatcher.
class tst_DispatcherNotifiers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachTypeIsToldAlone();
    void anExceptionIsUrgentData();
    void aHangUpIsToldToReaders();
    void whoIsDisabledInTheSameTurnHearsNothing();
    void aNotifierMayDieInItsOwnSlot();
    void aRegularFileIsAlwaysReady();
    void aNumberUsedAgainIsAnotherDescriptor();
    void aNestedLoopTellsNobodyTwice();
    void aNotifierMayShareADescriptorWithASocket();
};

void tst_DispatcherNotifiers::eachTypeIsToldAlone()
{
    Ends ends;
    QStringList told;
    QSocketNotifier read(ends.here.get(), QSocketNotifier::Read);
    QSocketNotifier write(ends.here.get(), QSocketNotifier::Write);
    connect(&read, &QSocketNotifier::activated, this, [&] { told.append(u"read %1"_s.arg(ends.hear())); });
    connect(&write, &QSocketNotifier::activated, this, [&] {
        told.append(u"write"_s);
        write.setEnabled(false);
    });
    WAIT_FOR(told == QStringList(u"write"_s));
    ends.say();
    WAIT_FOR(told.size() == 2);
    test::settle();
    QCOMPARE(told, QStringList({u"write"_s, u"read 1"_s}));
    read.setEnabled(false);
    ends.say();
    test::settle();
    QCOMPARE(told.size(), 2);
    read.setEnabled(true);
    WAIT_FOR(told.size() == 3);
}

void tst_DispatcherNotifiers::anExceptionIsUrgentData()
{
    // Not QTcpSocket, which takes urgent data in line.
    RawListener listener;
    const RawPeer client = RawPeer::connectedTo(listener.port());
    const RawPeer accepted = listener.accept();
    QVERIFY(accepted.isOpen());
    int urgent = 0;
    QSocketNotifier notifier(accepted.descriptor(), QSocketNotifier::Exception);
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        char byte = 0;
        urgent += int(::recv(accepted.descriptor(), &byte, 1, MSG_OOB));
    });
    test::settle();
    QCOMPARE(urgent, 0);
    QVERIFY(::send(client.descriptor(), "!", 1, MSG_OOB) == 1);
    WAIT_FOR(urgent == 1);
}

void tst_DispatcherNotifiers::aHangUpIsToldToReaders()
{
    Ends ends;
    int end = -1;
    QSocketNotifier notifier(ends.here.get(), QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        end = ends.hear();
        notifier.setEnabled(false);
    });
    ends.there.reset();
    WAIT_FOR(end == 0);
}

void tst_DispatcherNotifiers::whoIsDisabledInTheSameTurnHearsNothing()
{
    Ends first;
    Ends second;
    int heard = 0;
    QSocketNotifier one(first.here.get(), QSocketNotifier::Read);
    QSocketNotifier other(second.here.get(), QSocketNotifier::Read);
    connect(&one, &QSocketNotifier::activated, this, [&] {
        heard += first.hear();
        other.setEnabled(false);
    });
    connect(&other, &QSocketNotifier::activated, this, [&] {
        heard += second.hear();
        one.setEnabled(false);
    });
    first.say();
    second.say();
    WAIT_FOR(heard == 1);
    test::settle();
    QCOMPARE(heard, 1);
}

void tst_DispatcherNotifiers::aNotifierMayDieInItsOwnSlot()
{
    Ends ends;
    auto *notifier = new QSocketNotifier(ends.here.get(), QSocketNotifier::Read);
    auto *beside = new QSocketNotifier(ends.here.get(), QSocketNotifier::Write);
    int calls = 0;
    const auto die = [&] {
        ++calls;
        delete notifier;
        delete beside;
    };
    connect(notifier, &QSocketNotifier::activated, this, die);
    connect(beside, &QSocketNotifier::activated, this, die);
    ends.say();
    WAIT_FOR(calls > 0);
    test::settle();
    QCOMPARE(calls, 1);
}

void tst_DispatcherNotifiers::aRegularFileIsAlwaysReady()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    int calls = 0;
    QSocketNotifier notifier(file.handle(), QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] { ++calls; });
    WAIT_FOR(calls > 2);
    notifier.setEnabled(false);
    const int before = calls;
    test::settle();
    QCOMPARE(calls, before);
}

void tst_DispatcherNotifiers::aNumberUsedAgainIsAnotherDescriptor()
{
    Ends old;
    Ends fresh;
    const int number = old.here.get();
    QSocketNotifier before(number, QSocketNotifier::Read);
    before.setEnabled(false);
    QVERIFY(::dup3(fresh.here.get(), number, O_CLOEXEC) == number);
    int heard = 0;
    QSocketNotifier after(number, QSocketNotifier::Read);
    connect(&after, &QSocketNotifier::activated, this, [&] { heard += fresh.hear(); });
    fresh.say();
    WAIT_FOR(heard == 1);
}

void tst_DispatcherNotifiers::aNestedLoopTellsNobodyTwice()
{
    std::array<Ends, 8> ends;
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    int spurious = 0;
    int heard = 0;
    for (const Ends &end : ends) {
        notifiers.push_back(std::make_unique<QSocketNotifier>(end.here.get(), QSocketNotifier::Read));
        connect(notifiers.back().get(), &QSocketNotifier::activated, this, [&] {
            const int count = end.hear();
            spurious += count < 1;
            heard += count;
            QEventLoop loop;
            QTimer::singleShot(0, &loop, &QEventLoop::quit);
            loop.exec();
        });
        end.say();
    }
    WAIT_FOR(heard == int(ends.size()));
    test::settle();
    QCOMPARE(spurious, 0);
}

void tst_DispatcherNotifiers::aNotifierMayShareADescriptorWithASocket()
{
    Ends ends;
    QByteArray heard;
    int writable = 0;
    Socket socket({.fd = ends.here.get(), .readable = true, .writable = true});
    const int fd = ends.here.release();
    connect(&socket, &Socket::data, this, [&](const QByteArray &bytes) { heard += bytes; });
    QSocketNotifier notifier(fd, QSocketNotifier::Write);
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        ++writable;
        notifier.setEnabled(false);
    });
    socket.resume();
    WAIT_FOR(writable == 1);
    QVERIFY(::write(ends.there.get(), "x", 1) == 1);
    WAIT_FOR(heard == "x");
}

QTEST_GUILESS_MAIN(tst_DispatcherNotifiers)
#include "tst_dispatchernotifiers.moc"
