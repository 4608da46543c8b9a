#pragma once
#include <QByteArray>
#include <QString>

#include <functional>

#ifdef LIBNET_AGENT_BUILDING
#define LIBNET_AGENT_EXPORT Q_DECL_EXPORT
#else
#define LIBNET_AGENT_EXPORT Q_DECL_IMPORT
#endif

namespace net {

/// Options of Agent::start().
struct AgentOptions
{
    /// Which bytes of a connection are meant.
    enum class Direction : quint8 { Received = 1, Sent = 2 };
    /// Is given what was read or written, in pieces of at most 64 KiB that are valid until it returns, and returns what
    /// may be stored in its place. If it throws, nothing is stored, and the bytes count as lost.
    using Redaction = std::function<QByteArray(quint64 subject, Direction direction, const QByteArray &bytes)>;

    QString name = {};                       ///< As inspectors show it. Empty: the application's name.
    bool payload = false;                    ///< Inspectors may ask for what sockets send and receive.
    bool control = false;                    ///< Inspectors may pause, end, inject, and arm faults.
    int controlGrace = 5000;                 ///< ms of an inspector's silence after which all it armed is undone.
    bool stacks = false;                     ///< Who creates, connects, listens, ends and destroys is recorded.
    Redaction redact = {};                   ///< Called in the sockets' threads, before anything is stored.
    qint64 memoryLimit = 32LL * 1024 * 1024; ///< Bytes for events and payload in all; call stacks: a 16th on top.
    int closedLimit = 4096;                  ///< Destroyed servers and sockets that are remembered.
};

/// Lets net-inspector see the servers and sockets of this application, from a thread of its own.
/// Without a line of code the environment does the same: LIBNET_INSPECT=1, and LIBNET_INSPECT_PAYLOAD=1 and
/// LIBNET_INSPECT_CONTROL=1 to grant payload and control; LIBNET_INSPECT_STACKS=1 records call stacks from the start,
/// which an inspector may ask for later, too: addresses, some microseconds each. Any other value is as none. A child
/// that was forked is not inspected until it runs a program.
class LIBNET_AGENT_EXPORT Agent
{
public:
    /// Starts the agent; it ends with the process. False if inspectors cannot reach it: see errorString().
    /// If it runs already, only payload, control, stacks and redact are taken from \a options, and no right is revoked.
    static bool start(const AgentOptions &options = {});
    static bool isRunning();      ///< started, and still there
    static QString errorString(); ///< why start() has failed
    /// The local socket that inspectors connect to; empty unless it runs.
    static QString socketPath();
};

} // namespace net
