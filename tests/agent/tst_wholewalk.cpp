#include "inspectedprocess.h"
#include "testinspector.h"

#include "libnet/wire/rendezvous.h"

#include <QLocalServer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>

using namespace net;
using namespace Qt::StringLiterals;

/// From a real application's descriptors to an inspector in another process, without a line of code for it.
class tst_WholeWalk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void environmentSwitchesTheAgentOn_data();
    void environmentSwitchesTheAgentOn();
    void environmentGrantsPayloadAndControl_data();
    void environmentGrantsPayloadAndControl();
    void linkedAgentAndEnvironmentAreOneAgent();
    void agentThatCannotBeLoadedIsOneWarning();
    void directoryThatIsRefusedIsOneWarning();
    void whatIsPlantedIsReplaced_data();
    void whatIsPlantedIsReplaced();
    void folderThatIsPlantedIsRefused();
    void countersOfAThousandConnectionsAreExact();
    void countersAreExactWhileConnectionsComeAndGo();
    void processThatEndsSaysSoAndLeavesNothing();
    void processThatIsKilledIsSweptAwayByTheNext();
    void inspectorThatIsKilledHarmsNobody();

private:
    using Numbers = QList<qint64>;
    static QList<Numbers> ownNumbers(const QByteArrayList &lines, const QByteArray &what);
    static QList<Numbers> inspectedNumbers(const TestInspector &inspector, bool accepted);
    static wire::CounterRecord serverCounters(const TestInspector &inspector, const QString &name);
    static bool agree(const QByteArrayList &lines, const TestInspector &inspector);
    QStringList files() const;
    void plant(const QString &command);

    std::unique_ptr<QTemporaryDir> m_place;
    std::unique_ptr<InspectedProcess> m_process;
};

void tst_WholeWalk::init()
{
    m_place = std::make_unique<QTemporaryDir>();
    m_process = std::make_unique<InspectedProcess>(m_place->path());
}

QStringList tst_WholeWalk::files() const
{
    return QDir(m_place->filePath(u"libnet-inspect"_s)).entryList(QDir::Files | QDir::System);
}

void tst_WholeWalk::environmentSwitchesTheAgentOn_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("on");
    QTest::newRow("unset") << QString() << false;
    QTest::newRow("empty") << u""_s << false;
    for (const char *const value : {"0", "off", "no", "false", "yes", "true", "11", " 1"})
        QTest::newRow(value) << QString::fromLatin1(value) << false;
    QTest::newRow("1") << u"1"_s << true;
}

void tst_WholeWalk::environmentSwitchesTheAgentOn()
{
    QFETCH(QString, value);
    QFETCH(bool, on);
    if (!value.isNull())
        m_process->setVariable(u"LIBNET_INSPECT"_s, value);
    QVERIFY(m_process->run(QStringLiteral(INSPECTED_APP)));
    QCOMPARE(files().size(), on ? 2 : 0);
    QCOMPARE(m_process->readAllStandardError(), QByteArray());
    if (!on)
        return;
    TestInspector inspector(m_process->socketPath());
    QVERIFY(inspector.attach(TestInspector::hello(wire::Observe | wire::SeePayload)));
    QCOMPARE(inspector.agent->name, u"inspectedapp"_s);
    QCOMPARE(inspector.agent->pid, m_process->processId());
    QCOMPARE(inspector.agent->rights, quint32(wire::Observe));
    QCOMPARE(inspector.subjects.size(), 8);
}

void tst_WholeWalk::environmentGrantsPayloadAndControl_data()
{
    QTest::addColumn<QString>("payload");
    QTest::addColumn<QString>("control");
    QTest::addColumn<quint32>("rights");
    QTest::newRow("payload") << u"1"_s << u"0"_s << quint32(wire::Observe | wire::SeePayload);
    QTest::newRow("control") << u"off"_s << u"1"_s << quint32(wire::Observe | wire::Control);
    QTest::newRow("neither") << u"yes"_s << u"true"_s << quint32(wire::Observe);
}

void tst_WholeWalk::environmentGrantsPayloadAndControl()
{
    QFETCH(QString, payload);
    QFETCH(QString, control);
    m_process->setVariable(u"LIBNET_INSPECT"_s, u"1"_s);
    m_process->setVariable(u"LIBNET_INSPECT_PAYLOAD"_s, payload);
    m_process->setVariable(u"LIBNET_INSPECT_CONTROL"_s, control);
    QVERIFY(m_process->run(QStringLiteral(INSPECTED_APP)));
    TestInspector inspector(m_process->socketPath());
    QVERIFY(inspector.attach(TestInspector::hello(wire::Observe | wire::SeePayload | wire::Control)));
    QTEST(inspector.agent->rights, "rights");
}

void tst_WholeWalk::linkedAgentAndEnvironmentAreOneAgent()
{
    m_process->setVariable(u"LIBNET_INSPECT"_s, u"1"_s);
    QVERIFY(m_process->run(QStringLiteral(INSPECTED_APP_LINKED)));
    QCOMPARE(files().size(), 2);
    QCOMPARE(m_process->readAllStandardError(), QByteArray());
    TestInspector inspector(m_process->socketPath());
    QVERIFY(inspector.attach());
    QCOMPARE(inspector.agent->name, u"linked"_s);
    QCOMPARE(inspector.subjects.size(), 8);
}

// This one has the library inside itself, in a directory where there is no agent.
void tst_WholeWalk::agentThatCannotBeLoadedIsOneWarning()
{
    m_process->setVariable(u"LIBNET_INSPECT"_s, u"1"_s);
    QVERIFY(m_process->run(QStringLiteral(INSPECTED_APP_ALONE)));
    QVERIFY(files().isEmpty());
    const QByteArray warnings = m_process->readAllStandardError();
    QCOMPARE(warnings.count("LIBNET_INSPECT: the agent cannot be loaded"), 1);
}

void tst_WholeWalk::directoryThatIsRefusedIsOneWarning()
{
    const QString directory = m_place->filePath(u"libnet-inspect"_s);
    QVERIFY(QDir().mkdir(directory));
    QVERIFY(QFile::setPermissions(directory, QFile::Permissions(0x7077)));
    m_process->setVariable(u"LIBNET_INSPECT"_s, u"1"_s);
    QVERIFY(m_process->run(QStringLiteral(INSPECTED_APP)));
    QVERIFY(files().isEmpty());
    const QByteArray warnings = m_process->readAllStandardError();
    QCOMPARE(warnings.count("LIBNET_INSPECT: the agent does not start"), 1);
    QVERIFY(warnings.contains("is open to other users"));
}

// Runs a command in the agent's directory when the process id is known, as $$, and the application does not run yet.
void tst_WholeWalk::plant(const QString &command)
{
    m_process->setVariable(u"LIBNET_INSPECT"_s, u"1"_s);
    QVERIFY(
        m_process->run(u"sh"_s, {u"-ec"_s,
                                 u"mkdir -m 700 $XDG_RUNTIME_DIR/libnet-inspect; cd $XDG_RUNTIME_DIR/libnet-inspect; "
                                 "%1; cd /; exec \"$0\""_s.arg(command),
                                 QStringLiteral(INSPECTED_APP)}));
}

void tst_WholeWalk::whatIsPlantedIsReplaced_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("socket of another") << u"mv ../stranger $$.sock"_s;
    QTest::newRow("file as socket") << u"echo planted >$$.sock"_s;
    QTest::newRow("link to a socket") << u"ln -s ../stranger $$.sock"_s;
    QTest::newRow("link to a file as socket") << u"ln -s ../secret $$.sock"_s;
    QTest::newRow("link to nothing as socket") << u"ln -s ../nothing $$.sock"_s;
    QTest::newRow("file as card") << u"echo planted >$$.json"_s;
    QTest::newRow("link to a file as card") << u"ln -s ../secret $$.json"_s;
    QTest::newRow("link to nothing as card") << u"ln -s ../nothing $$.json"_s;
}

void tst_WholeWalk::whatIsPlantedIsReplaced()
{
    QFETCH(QString, command);
    QLocalServer stranger;
    QVERIFY(stranger.listen(m_place->filePath(u"stranger"_s)));
    QFile secret(m_place->filePath(u"secret"_s));
    QVERIFY(secret.open(QIODevice::ReadWrite) && secret.write("secret") == 6 && secret.flush());
    const auto permissions = secret.permissions();
    plant(command);
    QCOMPARE(m_process->readAllStandardError(), QByteArray());

    const QString pid = QString::number(m_process->processId());
    QCOMPARE(files(), (QStringList{pid + ".json"_L1, pid + ".sock"_L1}));
    for (const QString &name : files())
        QVERIFY(!QFileInfo(m_place->filePath("libnet-inspect/"_L1 + name)).isSymLink());
    TestInspector inspector(m_process->socketPath());
    QVERIFY(inspector.attach());
    QCOMPARE(inspector.agent->pid, m_process->processId());
    QVERIFY(!stranger.waitForNewConnection(0));
    QVERIFY(secret.seek(0));
    QCOMPARE(secret.readAll(), "secret");
    QCOMPARE(QFile(secret.fileName()).permissions(), permissions);
    QVERIFY(!QFile::exists(m_place->filePath(u"nothing"_s)));
}

void tst_WholeWalk::folderThatIsPlantedIsRefused()
{
    for (const QString &suffix : {u"sock"_s, u"json"_s}) {
        init();
        plant(u"mkdir $$."_s + suffix);
        QVERIFY(files().isEmpty());
        const QByteArray warnings = m_process->readAllStandardError();
        QCOMPARE(warnings.count("LIBNET_INSPECT: the agent does not start"), 1);
        const QString folder = u"libnet-inspect/%1.%2"_s.arg(m_process->processId()).arg(suffix);
        QVERIFY(QFileInfo(m_place->filePath(folder)).isDir());
    }
}

// Local port, remote port, received, sent of each socket that is not closed, sorted.
QList<tst_WholeWalk::Numbers> tst_WholeWalk::ownNumbers(const QByteArrayList &lines, const QByteArray &what)
{
    QList<Numbers> all;
    for (const QByteArray &line : lines) {
        const QByteArrayList words = line.split(' ');
        if (words.first() != what)
            continue;
        Numbers numbers;
        for (const QByteArray &word : words.sliced(1))
            numbers.append(word.toLongLong());
        all.append(numbers);
    }
    std::sort(all.begin(), all.end());
    return all;
}

QList<tst_WholeWalk::Numbers> tst_WholeWalk::inspectedNumbers(const TestInspector &inspector, bool accepted)
{
    QList<Numbers> all;
    for (const wire::Description &description : inspector.subjects) {
        const wire::DescriptionRecord &record = description.record;
        const wire::CounterRecord &counters = description.counters;
        if (record.kind == wire::SubjectKind::Socket && (record.server != 0) == accepted &&
            !inspector.gone.contains(record.subject) && record.goneAt == 0)
            all.append({record.localPort, record.remotePort, qint64(counters.received), qint64(counters.sent)});
    }
    std::sort(all.begin(), all.end());
    return all;
}

wire::CounterRecord tst_WholeWalk::serverCounters(const TestInspector &inspector, const QString &name)
{
    for (const wire::Description &description : inspector.subjects) {
        if (description.record.kind == wire::SubjectKind::Server && description.name == name)
            return description.counters;
    }
    return {};
}

bool tst_WholeWalk::agree(const QByteArrayList &lines, const TestInspector &inspector)
{
    const Numbers connections = ownNumbers(lines, "connections").value(0);
    return ownNumbers(lines, "client") == inspectedNumbers(inspector, false) &&
           ownNumbers(lines, "accepted") == inspectedNumbers(inspector, true) &&
           connections == Numbers{serverCounters(inspector, u"tcp"_s).connections,
                                  serverCounters(inspector, u"local"_s).connections};
}

void tst_WholeWalk::countersOfAThousandConnectionsAreExact()
{
    m_process->setVariable(u"LIBNET_INSPECT"_s, u"1"_s);
    QVERIFY(m_process->run(QStringLiteral(INSPECTED_APP), {u"1000"_s, u"50"_s}));
    const QByteArrayList report = m_process->ask('r');
    QCOMPARE(ownNumbers(report, "client").size(), 1050);
    QCOMPARE(ownNumbers(report, "accepted").size(), 1050);

    TestInspector inspector(m_process->socketPath());
    QVERIFY(inspector.attach());
    QCOMPARE(inspectedNumbers(inspector, false), ownNumbers(report, "client"));
    QCOMPARE(inspectedNumbers(inspector, true), ownNumbers(report, "accepted"));
    QCOMPARE(serverCounters(inspector, u"tcp"_s).connections, 1000u);
    QCOMPARE(serverCounters(inspector, u"tcp"_s).accepted, 1000u);
    QCOMPARE(serverCounters(inspector, u"tcp"_s).state, wire::State::Listening);
    QCOMPARE(serverCounters(inspector, u"local"_s).connections, 50u);
    for (const wire::Description &description : std::as_const(inspector.subjects)) {
        QCOMPARE(description.counters.queued, 0u);
        if (description.record.kind == wire::SubjectKind::Socket)
            QCOMPARE(description.counters.state, wire::State::Open);
    }
    QTRY_VERIFY(inspector.everyEventIsAccountedFor() && inspector.status.pending == 0);
    QCOMPARE(inspector.status.ringDropped, 0u);
    QCOMPARE(inspector.problem, QString());
}

void tst_WholeWalk::countersAreExactWhileConnectionsComeAndGo()
{
    m_process->setVariable(u"LIBNET_INSPECT"_s, u"1"_s);
    QVERIFY(m_process->run(QStringLiteral(INSPECTED_APP), {u"60"_s, u"12"_s}));
    TestInspector inspector(m_process->socketPath());
    QVERIFY(inspector.attach());
    QVERIFY(agree(m_process->ask('r'), inspector));
    m_process->tell('g');
    QTRY_COMPARE(serverCounters(inspector, u"tcp"_s).connections, 30u);
    QTRY_VERIFY(agree(m_process->ask('r'), inspector));
    m_process->tell('d');
    QTRY_COMPARE(serverCounters(inspector, u"tcp"_s).connections, 20u);
    QTRY_VERIFY(agree(m_process->ask('r'), inspector));
    QCOMPARE(serverCounters(inspector, u"tcp"_s).accepted, 60u);
    QCOMPARE(inspector.problem, QString());
}

void tst_WholeWalk::processThatEndsSaysSoAndLeavesNothing()
{
    m_process->setVariable(u"LIBNET_INSPECT"_s, u"1"_s);
    QVERIFY(m_process->run(QStringLiteral(INSPECTED_APP)));
    TestInspector inspector(m_process->socketPath());
    QVERIFY(inspector.attach());
    m_process->tell('q');
    QTRY_VERIFY(inspector.bye);
    QCOMPARE(inspector.bye->reason, wire::ByeReason::ApplicationEnds);
    QTRY_VERIFY(!inspector.isConnected());
    QTRY_COMPARE(m_process->state(), QProcess::NotRunning);
    QCOMPARE(m_process->exitStatus(), QProcess::NormalExit);
    QVERIFY(files().isEmpty());
    QCOMPARE(inspector.gone.size(), inspector.subjects.size());
    QCOMPARE(inspector.problem, QString());
}

void tst_WholeWalk::processThatIsKilledIsSweptAwayByTheNext()
{
    m_process->setVariable(u"LIBNET_INSPECT"_s, u"1"_s);
    QVERIFY(m_process->run(QStringLiteral(INSPECTED_APP)));
    TestInspector inspector(m_process->socketPath());
    QVERIFY(inspector.attach());
    const QStringList left = files();
    m_process->kill();
    QTRY_VERIFY(!inspector.isConnected());
    QVERIFY(!inspector.bye);
    QTRY_COMPARE(m_process->state(), QProcess::NotRunning);
    QCOMPARE(files(), left);
    QVERIFY(wire::Rendezvous(m_place->filePath(u"libnet-inspect"_s)).agents().isEmpty());

    InspectedProcess next(m_place->path());
    next.setVariable(u"LIBNET_INSPECT"_s, u"1"_s);
    QVERIFY(next.run(QStringLiteral(INSPECTED_APP)));
    QCOMPARE(files().size(), 2);
    QVERIFY(!files().contains(left.first()));
}

void tst_WholeWalk::inspectorThatIsKilledHarmsNobody()
{
    m_process->setVariable(u"LIBNET_INSPECT"_s, u"1"_s);
    QVERIFY(m_process->run(QStringLiteral(INSPECTED_APP), {u"300"_s}));
    for (int i = 0; i < 10; ++i) {
        // The end of a process and the end of its socket are the same to the agent.
        TestInspector inspector(m_process->socketPath());
        inspector.send(TestInspector::hello());
        if (i % 2)
            QVERIFY(inspector.attach());
    }
    TestInspector inspector(m_process->socketPath());
    QVERIFY(inspector.attach());
    QVERIFY(agree(m_process->ask('r'), inspector));
}

QTEST_GUILESS_MAIN(tst_WholeWalk)
#include "tst_wholewalk.moc"
