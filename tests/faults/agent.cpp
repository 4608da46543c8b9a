// Two sockets that talk while an inspector watches, and a second inspector after it. Whatever fails in the agent, the
// application does not notice, and the next inspector is served.
#include "tests/agent/testinspector.h"
#include "tests/faults/witness.h"

#include <libnet/agent/agent.h>
#include <libnet/server.h>

#include <QCborMap>
#include <QTemporaryDir>

#include <cstring>

using namespace faults;
using namespace Qt::StringLiterals;
using net::wire::Observe;
using net::wire::SeePayload;

namespace {

constexpr qsizetype Size = 100'000;

/// A connection through which all bytes come back, whatever the agent does. While it is open, \a wait with its port.
template <typename Wait>
void talk(const QString &name, const Wait &wait)
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
    waitFor([&] { return client.readyState() == net::Socket::ReadyState::Open || one->isClosed(); }, u"a connection"_s);
    wait(quint16(client.localPort()));
    client.end(QByteArray(Size, 'x'));
    waitFor([&] { return one->isClosed(); }, name);
    server.close();
    waitFor([&] { return isOver; }, u"the end"_s);
    if (one->received.size() != Size || !words.empty())
        broken(name + u": the application noticed"_s);
}

/// "EMFILE" of "socket: Too many open files".
QString codeIn(const QString &text)
{
    for (int error = 1; error < 200; ++error) {
        if (strerrorname_np(error) && text.endsWith(QString::fromLocal8Bit(std::strerror(error))))
            return QString::fromLatin1(strerrorname_np(error));
    }
    return u"no-agent"_s;
}

/// False if the agent has hung up.
bool inspect()
{
    TestInspector inspector(net::Agent::socketPath());
    if (!inspector.attach(TestInspector::hello(Observe | SeePayload | net::wire::Control)))
        return false;
    const int statuses = inspector.statuses;
    talk(u"watched"_s, [&](quint16 port) {
        // Which one it is, is told by its description.
        quint64 subject = 0;
        const auto isKnown = [&] {
            for (auto it = inspector.subjects.cbegin(); it != inspector.subjects.cend(); ++it) {
                if (it->record.localPort == port && it->record.remotePort)
                    subject = it.key();
            }
            return subject || !inspector.isConnected();
        };
        waitFor(isKnown, u"a connection to be described"_s);
        inspector.capture(subject, true);
        inspector.watch(subject, true);
        inspector.send(net::wire::Command{.id = 1, .subject = subject, .verb = u"nothing"_s, .arguments = {}});
        waitFor([&] { return !inspector.kernel.isEmpty() || !inspector.isConnected(); }, u"what the kernel knows"_s);
    });
    // One more that comes has everybody told the status at once.
    TestInspector other(net::Agent::socketPath());
    other.attach();
    waitFor(
        [&] {
            return !inspector.isConnected() || (inspector.statuses > statuses && !inspector.results.isEmpty() &&
                                                inspector.everyEventIsAccountedFor());
        },
        u"what the agent has to say"_s);
    if (!inspector.problem.isEmpty())
        broken(u"the agent says nonsense: "_s + inspector.problem);
    return inspector.isConnected() && other.isConnected();
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
        talk(u"alone"_s, [](quint16) {});
        if (!QDir(folder.path() + u"/libnet-inspect"_s).entryList(QDir::Files | QDir::System).isEmpty())
            broken(u"an agent that does not run is found"_s);
        tell(codeIn(net::Agent::errorString()));
        return verdict(before);
    }
    talk(u"unwatched"_s, [](quint16) {});
    // The agent closes what it had for an inspector, too, but in a thread of its own.
    const qsizetype unwatched = openDescriptors();
    const auto inspectOnce = [unwatched] {
        const bool isServed = inspect();
        waitFor([&] { return openDescriptors() <= unwatched; }, u"the descriptors of an inspector to be closed"_s);
        return isServed;
    };
    const bool first = inspectOnce();
    const bool second = inspectOnce();
    if (!second && (!first || !inspectOnce()))
        broken(u"after one failure the agent serves nobody any more"_s);
    if (!first || !second)
        tell(u"hung-up"_s);
    return verdict(before);
}
