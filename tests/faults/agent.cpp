// Two sockets that talk while an inspector watches, and a second inspector after it. Whatever fails in the agent, the
// application does not notice, and the next inspector is served.
#include "tests/agent/testinspector.h"
#include "tests/faults/witness.h"

#include <libnet/agent/agent.h>
#include <libnet/server.h>

#include <QCborMap>
#include <QTemporaryDir>

using namespace faults;
using namespace Qt::StringLiterals;
using net::wire::Observe;
using net::wire::SeePayload;

namespace {

constexpr qsizetype Size = 100'000;

/// A connection through which all bytes come back, whatever the agent does.
void talk(const QString &name)
{
    net::Server server({.allowHalfOpen = true});
    bool isOver = false;
    QObject::connect(&server, &net::Server::connection, [](net::Socket *socket) { socket->pipe(socket); });
    QObject::connect(&server, &net::Server::closed, [&] { isOver = true; });
    server.listen(0, u"127.0.0.1"_s);
    waitFor([&] { return server.isListening(); }, u"listening"_s);
    net::Socket client(net::SocketOptions{.allowHalfOpen = true});
    Witness *const one = witness(&client, name);
    client.connectTo(server.address().port, u"127.0.0.1"_s);
    client.end(QByteArray(Size, 'x'));
    waitFor([&] { return one->isClosed(); }, name);
    server.close();
    waitFor([&] { return isOver; }, u"the end"_s);
    if (one->received.size() != Size || somethingFailed)
        broken(name + u": the application noticed"_s);
}

/// False if the agent has hung up.
bool inspect()
{
    TestInspector inspector(net::Agent::socketPath());
    if (!inspector.attach(TestInspector::hello(Observe | SeePayload | net::wire::Control)))
        return false;
    const quint64 subject = inspector.subjects.isEmpty() ? 1 : inspector.subjects.firstKey();
    inspector.capture(subject, true);
    inspector.watch(subject, true);
    inspector.send(net::wire::Command{.id = 1, .subject = subject, .verb = u"nothing"_s, .arguments = {}});
    const int statuses = inspector.statuses;
    talk(u"watched"_s);
    waitFor(
        [&] {
            return !inspector.isConnected() || (inspector.statuses > statuses && !inspector.results.isEmpty() &&
                                                inspector.everyEventIsAccountedFor());
        },
        u"what the agent has to say"_s);
    if (!inspector.problem.isEmpty())
        broken(u"the agent says nonsense: "_s + inspector.problem);
    return inspector.isConnected();
}

} // namespace

int main(int argc, char **argv)
{
    const QTemporaryDir folder;
    qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit());
    QCoreApplication app(argc, argv);
    app.setQuitLockEnabled(false);
    const qsizetype before = openDescriptors();
    const bool runs = net::Agent::start({.name = u"faults"_s, .payload = true, .control = true});
    if (!runs) {
        if (net::Agent::errorString().isEmpty())
            broken(u"no agent, and no word why"_s);
        talk(u"alone"_s);
        if (!QDir(folder.path() + u"/libnet-inspect"_s).entryList(QDir::Files | QDir::System).isEmpty())
            broken(u"an agent that does not run is found"_s);
        somethingFailed = true;
        return verdict(before, 5);
    }
    talk(u"unwatched"_s);
    const bool first = inspect();
    const bool second = inspect();
    if (!second && (!first || !inspect()))
        broken(u"after one failure the agent serves nobody any more"_s);
    somethingFailed = !first || !second;
    // Qt's wake-up and our epoll instance of the main thread; of the agent's, wake-ups, listener and what it was sent.
    return verdict(before, 12);
}
