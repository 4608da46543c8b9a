#include "tests/cluster/child.h"
#include "tests/cluster/leavesnothing.h"

#include <libnet/net.h>

#include <QDir>
#include <QFileInfo>
#include <QProcess>

#include <csignal>

using namespace Qt::StringLiterals;
using net::Worker;
using test::Child;

/// A forked process and the channel to it, outside of a cluster.
class tst_Worker : public test::LeavesNothing
{
    Q_OBJECT
private Q_SLOTS:
    void itsLifeIsToldInOrder();
    void messagesOfEveryKindComeBackAsTheyWere();
    void aVariantComesBackAsAVariant();
    void itsSignalIsTold();
    void killIsTerminateByDefault();
    void aProgramThatIsNotThereIsAnError();
    void aScriptThatNothingRunsIsAnError_data();
    void aScriptThatNothingRunsIsAnError();
    void aFolderThatIsNotThereIsAnError();
    void aProgramIsLookedForFromItsFolder();
    void messagesThatNobodyCouldReadAreRefused();
    void variantsArriveWholeOrAreRefused();
    void itsOutputIsReadIfItIsSilent();
    void environmentAndFolderArePassedOn();
    void grandchildrenInheritNoChannel();
    void nothingElseIsInherited();
    void disconnectingTwiceIsAnError();
    void sendingToAClosedChannelIsAnError();
    void whatItSaysBeforeItDiesComesFirst();
    void messagesWaitForAReceiver();
    void backpressureIsToldToTheSender();
    void destroyingTheObjectLetsTheChildGo();
    void aChildKnowsItsParent();
};

void tst_Worker::itsLifeIsToldInOrder()
{
    Child child;
    QCOMPARE(child.worker->id(), 0);
    QVERIFY(child.worker->isConnected());
    QVERIFY(!child.worker->isDead());
    child.order(u"echo"_s, {{u"value"_s, 1}});
    WAIT_FOR(child.told.size() == 1);
    child.order(u"leave"_s);
    QVERIFY(child.ends());
    QCOMPARE(child.events.join(u", "_s), u"message echo, disconnect, exit 0 0"_s);
    QVERIFY(!child.worker->isConnected());
}

void tst_Worker::messagesOfEveryKindComeBackAsTheyWere()
{
    Child child;
    const QCborArray values = {QCborValue(),
                               QCborValue(QCborValue::Undefined),
                               true,
                               -1,
                               qint64(1) << 40,
                               1.5,
                               u"\u00e4\U0001f600"_s,
                               QByteArray("\0\xff", 2),
                               QCborArray{1, QCborArray{}},
                               QCborMap{{1, u"one"_s}, {u"two"_s, 2}},
                               QCborValue(QDateTime::currentDateTimeUtc()),
                               QString(1 << 20, u'x')};
    for (const QCborValue &value : values)
        child.order(u"echo"_s, {{u"value"_s, value}});
    WAIT_FOR(child.told.size() == values.size());
    for (qsizetype i = 0; i < values.size(); ++i)
        QCOMPARE(child.told.at(i).value(u"value"_s), values.at(i));
    child.order(u"leave"_s);
    QVERIFY(child.ends());
}

void tst_Worker::aVariantComesBackAsAVariant()
{
    Child child;
    const QVariantMap order = {{u"do"_s, u"echo"_s}, {u"value"_s, QVariantList{1, u"two"_s}}};
    child.worker->send(QVariant(order));
    WAIT_FOR(child.told.size() == 1);
    QCOMPARE(child.told.first().value(u"value"_s).toVariant().toList(), QVariantList({1, u"two"_s}));
    child.order(u"exit"_s, {{u"code"_s, 3}});
    QVERIFY(child.ends());
    QCOMPARE(child.events.last(), u"exit 3 0"_s);
}

void tst_Worker::itsSignalIsTold()
{
    Child child;
    child.order(u"echo"_s);
    WAIT_FOR(child.told.size() == 1);
    child.worker->kill(SIGKILL);
    QVERIFY(child.ends());
    QCOMPARE(child.events.join(u", "_s), u"message echo, disconnect, exit 0 9"_s);
    QVERIFY(!child.worker->exitedAfterDisconnect());
}

void tst_Worker::killIsTerminateByDefault()
{
    Child child;
    child.order(u"echo"_s);
    WAIT_FOR(child.told.size() == 1);
    child.worker->kill();
    QVERIFY(child.ends());
    QCOMPARE(child.events.last(), u"exit 0 15"_s);
}

void tst_Worker::aProgramThatIsNotThereIsAnError()
{
    Child child({.exec = u"/there/is/no/such"_s, .args = QStringList()});
    QVERIFY(child.ends());
    QCOMPARE(child.events.join(u", "_s), u"error ENOENT, disconnect, exit -1 0"_s);
}

void tst_Worker::aScriptThatNothingRunsIsAnError_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("events");
    QTest::newRow("runs") << QByteArray("#! /bin/sh -e\nexit 7\n") << u"disconnect, exit 7 0"_s;
    QTest::newRow("nobody there") << QByteArray("#!/there/is/no/such") << u"error ENOENT, disconnect, exit -1 0"_s;
    QTest::newRow("no program") << QByteArray("#!/etc/passwd -x\n") << u"error EACCES, disconnect, exit -1 0"_s;
    QTest::newRow("nobody named") << QByteArray("#! \n/bin/sh\n")
                                  << u"error Unknown system error -8, disconnect, exit -1 0"_s;
}

void tst_Worker::aScriptThatNothingRunsIsAnError()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, events);
    const QTemporaryDir scripts;
    QFile script(scripts.filePath(u"script"_s));
    QVERIFY(script.open(QIODevice::WriteOnly) && script.write(content) == content.size());
    QVERIFY(script.setPermissions(script.permissions() | QFile::ExeOwner));
    script.close();
    Child child({.exec = script.fileName(), .args = QStringList()});
    QVERIFY(child.ends());
    QCOMPARE(child.events.join(u", "_s), events);
}

void tst_Worker::aFolderThatIsNotThereIsAnError()
{
    Child none({.exec = test::actorProgram(), .args = QStringList(), .cwd = u"/there/is/no/such"_s});
    QVERIFY(none.ends());
    QCOMPARE(none.events.join(u", "_s), u"error ENOENT, disconnect, exit -1 0"_s);
    Child file({.exec = test::actorProgram(), .args = QStringList(), .cwd = test::actorProgram()});
    QVERIFY(file.ends());
    QCOMPARE(file.events.join(u", "_s), u"error ENOTDIR, disconnect, exit -1 0"_s);
}

void tst_Worker::aProgramIsLookedForFromItsFolder()
{
    const QFileInfo actor(test::actorProgram());
    Child child({.exec = u"../%1/%2"_s.arg(actor.dir().dirName(), actor.fileName()),
                 .args = QStringList(),
                 .cwd = actor.absolutePath()});
    child.order(u"leave"_s);
    QVERIFY(child.ends());
    QCOMPARE(child.events.join(u", "_s), u"disconnect, exit 0 0"_s);
    Child elsewhere({.exec = u"./"_s + actor.fileName(), .args = QStringList(), .cwd = u"/"_s});
    QVERIFY(elsewhere.ends());
    QCOMPARE(elsewhere.events.join(u", "_s), u"error ENOENT, disconnect, exit -1 0"_s);
}

void tst_Worker::messagesThatNobodyCouldReadAreRefused()
{
    Child child;
    const QCborValue invalid(QCborValue::Invalid);
    QCborValue deep(1);
    for (int i = 0; i < 2000; ++i)
        deep = QCborArray{deep};
    for (const QCborValue &value : {invalid, QCborValue(QCborArray{invalid}), QCborValue(QCborMap{{1, invalid}}),
                                    QCborValue(QCborTag(4711), invalid), deep})
        QVERIFY(!child.worker->send(value));
    QCOMPARE(child.worker->writableLength(), 0);
    WAIT_FOR(child.events.size() == 5);
    QCOMPARE(child.events.count(u"error ERR_INVALID_ARG_VALUE"_s), 5);
    // Nobody is cut off.
    child.order(u"echo"_s, {{u"value"_s, 1}});
    WAIT_FOR(child.told.size() == 1);
    child.order(u"leave"_s);
    QVERIFY(child.ends());
}

void tst_Worker::variantsArriveWholeOrAreRefused()
{
    Child child;
    const QVariantMap whole{{u"list"_s, QVariant::fromValue(QList<int>{1, 2})},
                            {u"nested"_s, QVariantList{1.5, u"text"_s, QByteArray("bytes"), QVariant()}},
                            {u"url"_s, QUrl(u"http://localhost/"_s)}};
    child.order(u"echo"_s, {{u"value"_s, QCborValue(1)}});
    WAIT_FOR(child.told.size() == 1);
    QVERIFY(child.worker->send(QVariant(QVariantMap{{u"do"_s, u"echo"_s}, {u"value"_s, whole}})));
    WAIT_FOR(child.told.size() == 2);
    const QCborMap echoed = child.told.last()[u"value"_s].toMap();
    QCOMPARE(echoed[u"list"_s].toArray(), (QCborArray{1, 2}));
    QCOMPARE(echoed[u"nested"_s].toArray(), (QCborArray{1.5, u"text"_s, QByteArray("bytes"), QCborValue()}));
    QCOMPARE(echoed[u"url"_s].toUrl(), QUrl(u"http://localhost/"_s));
    const QVariant unknown = QVariant::fromValue(QPointF(1, 2));
    for (const QVariant &message :
         {unknown, QVariant(QVariantList{1, unknown}), QVariant(QVariantMap{{u"deep"_s, QVariantList{unknown}}})})
        QVERIFY(!child.worker->send(message));
    WAIT_FOR(child.events.count(u"error ERR_INVALID_ARG_VALUE"_s) == 3);
    child.order(u"leave"_s);
    QVERIFY(child.ends());
}

void tst_Worker::itsOutputIsReadIfItIsSilent()
{
    Child child({.exec = test::actorProgram(), .args = QStringList(), .silent = true});
    child.order(u"print"_s);
    WAIT_FOR(child.worker->process()->bytesAvailable() > 0);
    QCOMPARE(child.worker->process()->readAllStandardOutput(), QByteArray("printed\n"));
    child.order(u"leave"_s);
    QVERIFY(child.ends());
}

void tst_Worker::environmentAndFolderArePassedOn()
{
    Child child({.exec = test::actorProgram(),
                 .args = QStringList(),
                 .cwd = u"/"_s,
                 .environment = {{u"LIBNET_TEST"_s, u"passed on"_s}}});
    child.order(u"environment"_s, {{u"variable"_s, u"LIBNET_TEST"_s}});
    WAIT_FOR(child.told.size() == 1);
    QCOMPARE(child.told.last().value(u"value"_s).toString(), u"passed on"_s);
    QCOMPARE(QFileInfo(u"/proc/%1/cwd"_s.arg(child.worker->processId())).symLinkTarget(), u"/"_s);
    child.order(u"leave"_s);
    QVERIFY(child.ends());
}

void tst_Worker::grandchildrenInheritNoChannel()
{
    Child child;
    for (const QString &variable : {u"LIBNET_CHANNEL_FD"_s, u"LIBNET_UNIQUE_ID"_s})
        child.order(u"environment"_s, {{u"variable"_s, variable}});
    WAIT_FOR(child.told.size() == 2);
    QCOMPARE(child.told.at(0).value(u"value"_s).toString(), QString());
    QCOMPARE(child.told.at(1).value(u"value"_s).toString(), QString());
    child.order(u"leave"_s);
    QVERIFY(child.ends());
}

void tst_Worker::nothingElseIsInherited()
{
    // Ours, open while the child is started, and that of another child.
    const test::RawListener listener;
    net::Server server;
    server.listen(0);
    Child one;
    Child two;
    two.order(u"echo"_s);
    WAIT_FOR(two.told.size() == 1);
    QStringList sockets;
    const QString folder = u"/proc/%1/fd"_s.arg(two.worker->processId());
    for (const QString &name : QDir(folder).entryList(QDir::NoDotAndDotDot | QDir::System | QDir::AllEntries)) {
        const QString target = QString::fromLocal8Bit(QFile::symLinkTarget(folder + u'/' + name).toLocal8Bit());
        if (target.contains(u"socket:"_s))
            sockets.append(name + u' ' + target);
    }
    QStringList ours;
    for (const QString &entry : sockets)
        if (QFile::symLinkTarget(u"/proc/self/fd/"_s + entry.section(u' ', 0, 0)) == entry.section(u' ', 1))
            ours.append(entry); // standard output may be a socket of ours
    QVERIFY2(sockets.size() - ours.size() <= 1, qPrintable(sockets.join(u", "_s)));
    for (Child *child : {&one, &two}) {
        child->order(u"leave"_s);
        QVERIFY(child->ends());
    }
}

void tst_Worker::disconnectingTwiceIsAnError()
{
    Child child;
    child.worker->disconnectWorker();
    QVERIFY(!child.worker->isConnected());
    child.worker->disconnectWorker();
    WAIT_FOR(child.events.contains(u"disconnect"_s));
    QVERIFY(child.events.contains(u"error ERR_IPC_DISCONNECTED"_s));
    QVERIFY(child.ends());
}

void tst_Worker::sendingToAClosedChannelIsAnError()
{
    Child child;
    child.worker->disconnectWorker();
    QString code;
    net::Socket socket;
    QVERIFY(!child.worker->send(1, &socket, {}, this, [&code](const net::Error &error) { code = error.code(); }));
    QVERIFY(!child.worker->send(2));
    WAIT_FOR(!code.isEmpty() && child.events.contains(u"error ERR_IPC_CHANNEL_CLOSED"_s));
    QCOMPARE(code, u"ERR_IPC_CHANNEL_CLOSED"_s);
    QVERIFY(child.ends());
}

void tst_Worker::whatItSaysBeforeItDiesComesFirst()
{
    Child child;
    for (int i = 0; i < 3000; ++i)
        child.order(u"echo"_s, {{u"value"_s, i}});
    child.order(u"exit"_s, {{u"code"_s, 7}});
    QVERIFY(child.ends());
    QCOMPARE(child.told.size(), 3000);
    QCOMPARE(child.events.mid(3000).join(u", "_s), u"disconnect, exit 7 0"_s);
}

void tst_Worker::messagesWaitForAReceiver()
{
    const std::unique_ptr<Worker> worker(Worker::fork({.exec = test::actorProgram(), .args = QStringList{u"hello"_s}}));
    test::Stage::order(worker.get(), u"leave"_s);
    WAIT_FOR(worker->isDead());
    QStringList told;
    connect(worker.get(), &Worker::message, this,
            [&told](const QCborValue &value) { told.append(value.toMap().value(u"told"_s).toString()); });
    WAIT_FOR(!told.isEmpty());
    QCOMPARE(told.join(u' '), u"hello"_s);
}

void tst_Worker::backpressureIsToldToTheSender()
{
    Child child;
    bool drained = false;
    connect(child.worker.get(), &Worker::drained, this, [&drained] { drained = true; });
    int sent = 0;
    while (child.worker->send(QCborMap{{u"do"_s, u"echo"_s}, {u"value"_s, QByteArray(60'000, 'x')}}))
        QVERIFY(++sent < 1000);
    QVERIFY(child.worker->writableLength() > 0);
    WAIT_FOR(drained);
    QCOMPARE(child.worker->writableLength(), 0);
    WAIT_FOR(child.told.size() == sent + 1);
    child.order(u"leave"_s);
    QVERIFY(child.ends());
}

void tst_Worker::destroyingTheObjectLetsTheChildGo()
{
    auto child = std::make_unique<Child>();
    child->order(u"echo"_s);
    WAIT_FOR(child->told.size() == 1);
    const qint64 process = child->worker->processId();
    child.reset();
    // Nobody receives its messages or holds its channel, so it ends by itself; and no zombie is left.
    WAIT_FOR(!QFile::exists(u"/proc/%1"_s.arg(process)));
}

void tst_Worker::aChildKnowsItsParent()
{
    QVERIFY(!Worker::self());
    QVERIFY(net::Cluster::isPrimary());
    Child child;
    child.order(u"kill"_s);
    QVERIFY(child.ends());
    // It has left by itself, with code 0.
    QCOMPARE(child.events.join(u", "_s), u"disconnect, exit 0 0"_s);
}

QTEST_GUILESS_MAIN(tst_Worker)
#include "tst_worker.moc"
