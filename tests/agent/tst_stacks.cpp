#include "inspectedprocess.h"
#include "testinspector.h"

#include "libnet/agent/agent.h"
#include "libnet/probe/roster.h"
#include "libnet/probe/subject.h"
#include "libnet/server.h"
#include "libnet/socket.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>
#include <cxxabi.h>
#include <dlfcn.h>
#include <memory>

using namespace net;
using namespace Qt::StringLiterals;

// Known to the linker, so that the stacks can be compared with their names. They do something after the call, which
// would else be a jump.
#define CALLER [[gnu::noinline, gnu::visibility("default")]] void
static volatile int done = 0;

namespace caller {

CALLER creates(std::unique_ptr<Socket> &socket)
{
    socket = std::make_unique<Socket>();
    socket->setObjectName(u"client"_s);
    QObject::connect(socket.get(), &Socket::errorOccurred, socket.get(), [](const net::Error &) {});
}
CALLER connects(Socket &socket, quint16 port)
{
    socket.connectTo(port, u"127.0.0.1"_s);
    done = 1;
}
CALLER listens(Server &server)
{
    server.listen({.port = 0, .host = u"127.0.0.1"_s});
    done = 2;
}
CALLER ends(Socket &socket)
{
    socket.end();
    done = 3;
}
CALLER destroys(Socket &socket)
{
    socket.destroy();
    done = 4;
}
CALLER closes(Server &server)
{
    server.close();
    done = 5;
}
CALLER deletes(std::unique_ptr<Socket> &socket)
{
    socket.reset();
    done = 6;
}
// A way of its own for each number.
CALLER createsAlong(int way, int depth)
{
    if (depth == 0) {
        const Socket socket;
    } else if (way & 1) {
        createsAlong(way >> 1, depth - 1);
        done = 7;
    } else {
        createsAlong(way >> 1, depth - 1);
        done = 8;
    }
}

} // namespace caller

/// Who has created, connected, ended and destroyed is told to those who want to know, and nothing is taken else.
class tst_Stacks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void nothingIsTakenUnlessItIsWanted();
    void eachCallHasTheStackOfWhoMadeIt();
    void thatOfALaterCallReplacesTheFirst();
    void anAcceptedSocketWasCreatedByNobody();
    void equalStacksAreToldOnce();
    void aPluginIsFoundToo();
    void itGoesOffWithTheLastWhoWantsIt();
    void whoComesLateIsToldOfWhatWasTaken();
    void anOlderInspectorIsToldNothing();
    void theEnvironmentAsksForItFromTheStart();
    void whatFindsNoPlaceIsCounted();

private:
    using Call = wire::Call;
    static std::unique_ptr<TestInspector> attached(quint16 newest = wire::newestVersion);
    /// One that wants stacks, and whose wish has arrived.
    static std::unique_ptr<TestInspector> wanting();
    static quint64 idOf(TestInspector &inspector, const QString &name);
    static QList<wire::StackRecord> callsOf(const TestInspector &inspector, quint64 subject);
    /// The functions of this program in that stack, innermost first.
    static QStringList functions(const TestInspector &inspector, quint64 subject, Call call);

    std::unique_ptr<QTemporaryDir> m_place;
};

void tst_Stacks::initTestCase()
{
    m_place = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", m_place->path().toLocal8Bit());
    QVERIFY2(Agent::start({.memoryLimit = 1}), qPrintable(Agent::errorString())); // the least that it can do with
}

std::unique_ptr<TestInspector> tst_Stacks::attached(quint16 newest)
{
    auto inspector = std::make_unique<TestInspector>(Agent::socketPath());
    wire::Hello hello = TestInspector::hello();
    hello.newest = newest;
    return inspector->attach(hello) ? std::move(inspector) : nullptr;
}

std::unique_ptr<TestInspector> tst_Stacks::wanting()
{
    auto inspector = attached();
    if (!inspector)
        return nullptr;
    inspector->watchStacks(true);
    // Answered after it was read.
    inspector->command(0, u"nothing"_s);
    return inspector;
}

// The agent is told of a name only with something else that happens.
quint64 tst_Stacks::idOf(TestInspector &inspector, const QString &name)
{
    quint64 id = 0;
    probe::Roster::visitAll([&id, name](probe::Subject &subject) {
        if (subject.facts().name == name)
            id = subject.id();
        return false;
    });
    return QTest::qWaitFor([&] { return id != 0 && inspector.subjects.contains(id); }) ? id : 0;
}

QList<wire::StackRecord> tst_Stacks::callsOf(const TestInspector &inspector, quint64 subject)
{
    QList<wire::StackRecord> calls;
    for (const wire::StackRecord &call : inspector.calls) {
        if (call.subject == subject)
            calls.append(call);
    }
    return calls;
}

QStringList tst_Stacks::functions(const TestInspector &inspector, quint64 subject, Call call)
{
    quint32 stack = 0;
    for (const wire::StackRecord &made : inspector.calls) {
        if (made.subject == subject && made.call == call)
            stack = made.stack;
    }
    QStringList names;
    for (const wire::StackFrameRecord &frame : inspector.stacks.value(stack)) {
        Dl_info info{};
        if (!::dladdr(reinterpret_cast<void *>(quintptr(frame.address)), &info) || !info.dli_sname)
            continue;
        const std::unique_ptr<char, decltype(&std::free)> name(
            abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, nullptr), &std::free);
        if (name && QByteArrayView(name.get()).startsWith("caller::"))
            names += QString::fromLatin1(name.get()).section(u'(', 0, 0);
    }
    return names;
}

void tst_Stacks::nothingIsTakenUnlessItIsWanted()
{
    const auto inspector = attached();
    QVERIFY(inspector);
    std::unique_ptr<Socket> socket;
    caller::creates(socket);
    QVERIFY(idOf(*inspector, u"client"_s));
    const int statuses = inspector->statuses;
    QTRY_VERIFY(inspector->statuses > statuses);
    QCOMPARE(inspector->status.stacks, 0u);
    QVERIFY(inspector->calls.isEmpty());
}

void tst_Stacks::eachCallHasTheStackOfWhoMadeIt()
{
    const auto inspector = wanting();
    QVERIFY(inspector);
    Server server;
    server.setObjectName(u"server"_s);
    QSignalSpy listening(&server, &Server::listening);
    caller::listens(server);
    QTRY_COMPARE(listening.size(), 1);
    std::unique_ptr<Socket> socket;
    caller::creates(socket);
    QSignalSpy connected(socket.get(), &Socket::connected);
    caller::connects(*socket, server.address().port);
    QTRY_COMPARE(connected.size(), 1);
    caller::ends(*socket);
    caller::destroys(*socket);
    caller::closes(server);
    const quint64 client = idOf(*inspector, u"client"_s);
    const quint64 listener = idOf(*inspector, u"server"_s);
    QTRY_COMPARE(functions(*inspector, client, Call::Destroy), QStringList(u"caller::destroys"_s));
    QCOMPARE(functions(*inspector, client, Call::Created), QStringList(u"caller::creates"_s));
    QCOMPARE(functions(*inspector, client, Call::Connect), QStringList(u"caller::connects"_s));
    QCOMPARE(functions(*inspector, client, Call::End), QStringList(u"caller::ends"_s));
    QTRY_COMPARE(functions(*inspector, listener, Call::Destroy), QStringList(u"caller::closes"_s));
    QCOMPARE(functions(*inspector, listener, Call::Listen), QStringList(u"caller::listens"_s));
    // Nothing of the agent stands in front: the first is libnet.
    for (const auto &stack : std::as_const(inspector->stacks)) {
        QVERIFY(!inspector->modules.value(stack.constFirst().module).path.contains(u"libLibNetAgent"_s));
        QVERIFY(inspector->modules.value(stack.constFirst().module).path.contains(u"libLibNet."_s));
    }
    for (const wire::Module &module : std::as_const(inspector->modules))
        QVERIFY2(module.record.begin < module.record.end && !module.path.isEmpty(), qPrintable(module.path));
    QVERIFY2(inspector->problem.isEmpty(), qPrintable(inspector->problem));
}

void tst_Stacks::thatOfALaterCallReplacesTheFirst()
{
    const auto inspector = wanting();
    QVERIFY(inspector);
    std::unique_ptr<Socket> socket;
    caller::creates(socket);
    QSignalSpy closed(socket.get(), &Socket::closed);
    const quint64 client = idOf(*inspector, u"client"_s);
    socket->connectTo(u"/nowhere/at/all"_s);
    QTRY_COMPARE(closed.size(), 1);
    const auto isTold = [&](Call call) {
        const auto calls = callsOf(*inspector, client);
        return std::any_of(calls.cbegin(), calls.cend(), [call](const auto &each) { return each.call == call; });
    };
    QTRY_VERIFY(isTold(Call::Connect));
    QCOMPARE(functions(*inspector, client, Call::Connect), QStringList());
    caller::connects(*socket, 1);
    QTRY_COMPARE(functions(*inspector, client, Call::Connect), QStringList(u"caller::connects"_s));
    QTRY_COMPARE(closed.size(), 2);
    // Closed already: nothing is destroyed any more.
    caller::destroys(*socket);
    caller::deletes(socket);
    QTRY_VERIFY(inspector->gone.contains(client));
    QCOMPARE(functions(*inspector, client, Call::Destroy), QStringList());
    // But one that is deleted before it has ended is.
    caller::creates(socket);
    const quint64 next = idOf(*inspector, u"client"_s);
    caller::deletes(socket);
    QTRY_COMPARE(functions(*inspector, next, Call::Destroy), QStringList(u"caller::deletes"_s));
}

void tst_Stacks::anAcceptedSocketWasCreatedByNobody()
{
    const auto inspector = wanting();
    QVERIFY(inspector);
    Server server;
    Socket *accepted = nullptr;
    connect(&server, &Server::connection, this, [&accepted](Socket *socket) {
        socket->setObjectName(u"accepted"_s);
        connect(socket, &Socket::errorOccurred, socket, [](const net::Error &) {});
        accepted = socket;
    });
    QSignalSpy listening(&server, &Server::listening);
    caller::listens(server);
    QTRY_COMPARE(listening.size(), 1);
    std::unique_ptr<Socket> socket;
    caller::creates(socket);
    caller::connects(*socket, server.address().port);
    QTRY_VERIFY(accepted);
    const quint64 id = idOf(*inspector, u"accepted"_s);
    caller::ends(*accepted);
    QTRY_COMPARE(functions(*inspector, id, Call::End), QStringList(u"caller::ends"_s));
    for (const wire::StackRecord &call : callsOf(*inspector, id))
        QCOMPARE(call.call, Call::End);
}

void tst_Stacks::equalStacksAreToldOnce()
{
    const auto inspector = wanting();
    QVERIFY(inspector);
    std::vector<std::unique_ptr<Socket>> sockets(50);
    for (auto &socket : sockets)
        caller::creates(socket);
    const auto created = [&] {
        return std::count_if(inspector->calls.cbegin(), inspector->calls.cend(),
                             [](const auto &call) { return call.call == Call::Created; });
    };
    QTRY_VERIFY(created() >= 50);
    QSet<quint32> different;
    for (const wire::StackRecord &call : std::as_const(inspector->calls).last(50))
        different.insert(call.stack);
    QCOMPARE(different.size(), 1);
    QVERIFY2(inspector->problem.isEmpty(), qPrintable(inspector->problem));
}

void tst_Stacks::aPluginIsFoundToo()
{
    const auto inspector = wanting();
    QVERIFY(inspector);
    // So that the agent has looked at what is loaded before.
    std::unique_ptr<Socket> early;
    caller::creates(early);
    const quint64 before = idOf(*inspector, u"client"_s);
    QTRY_VERIFY(!callsOf(*inspector, before).isEmpty());
    void *const plugin = ::dlopen(CALLER_PLUGIN, RTLD_NOW);
    QVERIFY2(plugin, ::dlerror());
    const auto make = reinterpret_cast<Socket *(*)()>(::dlsym(plugin, "callerMakesSocket"));
    QVERIFY(make);
    std::unique_ptr<Socket> socket(make());
    const quint64 id = idOf(*inspector, u"from a plugin"_s);
    QTRY_VERIFY(!callsOf(*inspector, id).isEmpty());
    QStringList paths;
    for (const wire::StackFrameRecord &frame : inspector->stacks.value(callsOf(*inspector, id).constFirst().stack))
        paths += inspector->modules.value(frame.module).path;
    QVERIFY2(paths.contains(QStringLiteral(CALLER_PLUGIN)), qPrintable(paths.join(u'\n')));
    socket.reset();
    ::dlclose(plugin);
}

void tst_Stacks::itGoesOffWithTheLastWhoWantsIt()
{
    const auto onlooker = attached();
    auto one = wanting();
    auto other = wanting();
    QVERIFY(onlooker && one && other);
    const auto isTaken = [&] {
        std::unique_ptr<Socket> socket;
        caller::creates(socket);
        const quint64 id = idOf(*onlooker, u"client"_s);
        // The end is told with or after everything else.
        caller::deletes(socket);
        return QTest::qWaitFor([&] { return onlooker->gone.contains(id); }) && !callsOf(*onlooker, id).isEmpty();
    };
    QVERIFY(isTaken());
    one->hangUp();
    QTRY_COMPARE(onlooker->status.inspectors, 2u);
    QVERIFY(isTaken());
    other->watchStacks(false);
    other->command(0, u"nothing"_s);
    QVERIFY(!isTaken());
    other->watchStacks(true);
    other->command(0, u"nothing"_s);
    QVERIFY(isTaken());
    other->hangUp();
    QTRY_COMPARE(onlooker->status.inspectors, 1u);
    QVERIFY(!isTaken());
}

void tst_Stacks::whoComesLateIsToldOfWhatWasTaken()
{
    std::unique_ptr<Socket> socket;
    {
        const auto first = wanting();
        QVERIFY(first);
        caller::creates(socket);
        QVERIFY(idOf(*first, u"client"_s));
    }
    const auto late = attached();
    QVERIFY(late);
    const quint64 id = idOf(*late, u"client"_s);
    QTRY_COMPARE(functions(*late, id, Call::Created), QStringList(u"caller::creates"_s));
    QVERIFY2(late->problem.isEmpty(), qPrintable(late->problem));
}

void tst_Stacks::anOlderInspectorIsToldNothing()
{
    const auto wants = wanting();
    const auto older = attached(wire::watchVersion);
    QVERIFY(wants && older);
    std::unique_ptr<Socket> socket;
    caller::creates(socket);
    const quint64 id = idOf(*older, u"client"_s);
    caller::deletes(socket);
    QTRY_VERIFY(older->gone.contains(id));
    QVERIFY(older->calls.isEmpty());
    QVERIFY(!older->frames.contains(wire::FrameType::Modules));
    QVERIFY2(older->problem.isEmpty(), qPrintable(older->problem));
}

void tst_Stacks::theEnvironmentAsksForItFromTheStart()
{
    InspectedProcess process(m_place->path());
    process.setVariable(u"LIBNET_INSPECT"_s, u"1"_s);
    process.setVariable(u"LIBNET_INSPECT_STACKS"_s, u"1"_s);
    QVERIFY(process.run(QStringLiteral(INSPECTED_APP), {u"2"_s, u"1"_s}));
    TestInspector inspector(process.socketPath());
    QVERIFY(inspector.attach());
    // Two servers and three clients were created; what they have accepted was not.
    const auto count = [&](Call call) {
        return std::count_if(inspector.calls.cbegin(), inspector.calls.cend(),
                             [call](const wire::StackRecord &each) { return each.call == call && each.stack; });
    };
    QTRY_COMPARE(count(Call::Created), 5);
    QCOMPARE(count(Call::Listen), 2);
    QCOMPARE(count(Call::Connect), 3);
    QStringList paths;
    for (const wire::Module &module : std::as_const(inspector.modules))
        paths += module.path;
    QVERIFY2(paths.contains(QStringLiteral(INSPECTED_APP)), qPrintable(paths.join(u'\n')));
    QVERIFY2(inspector.problem.isEmpty(), qPrintable(inspector.problem));
}

void tst_Stacks::whatFindsNoPlaceIsCounted()
{
    const auto inspector = wanting();
    QVERIFY(inspector);
    for (int way = 0; way < 1024; ++way)
        caller::createsAlong(way, 10);
    QTRY_VERIFY(inspector->status.stacksLost > 0);
    const auto isLost = [](const wire::StackRecord &call) {
        return call.stack == 0;
    };
    QTRY_VERIFY(std::any_of(inspector->calls.cbegin(), inspector->calls.cend(), isLost));
    // Each was created and deleted.
    QTRY_VERIFY(inspector->status.stacks + inspector->status.stacksLost >= 2048);
    QVERIFY2(inspector->problem.isEmpty(), qPrintable(inspector->problem));
}

QTEST_GUILESS_MAIN(tst_Stacks)
#include "tst_stacks.moc"
