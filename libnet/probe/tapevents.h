#pragma once
#include <libnet/socketaddress.h>

#include <QString>

namespace net::probe {

enum class SubjectKind : quint8 { Server = 1, Socket = 2 };

/// How a subject came to be.
enum class Origin : quint8 { Created = 1, Accepted = 2, Adopted = 3 };

/// The state of a subject. Servers use Idle, Listening, Closing and Closed.
/// On the wire as one byte (see wire/PROTOCOL.md): never renumber.
enum class State : quint8 {
    Idle = 0,
    Resolving = 1,
    Connecting = 2,
    Open = 3,
    ReadEnded = 4,  ///< the peer has ended, we have not
    WriteEnded = 5, ///< we have ended (FIN sent), the peer has not
    Closed = 6,
    Listening = 7,
    Closing = 8, ///< a server that accepts no more and waits for its connections
};

/// What else is true of a subject, or'ed.
enum Flag : quint32 {
    Paused = 1u << 0,     ///< explicitly paused by the user
    NeedsDrain = 1u << 1, ///< write() has returned false and drain has not been emitted since
    Ending = 1u << 2,     ///< end() was called, bytes may still be queued
    NoReceiver = 1u << 3, ///< nobody is connected to data, text or readyRead
    HalfOpen = 1u << 4,   ///< allowHalfOpen
    Failed = 1u << 5,     ///< an error was reported
    NoErrorHandler = 1u << 6,
    HasTimeout = 1u << 7,
    Unreferenced = 1u << 8, ///< unref() was called
    NoParent = 1u << 9,     ///< neither a parent deletes it, nor it itself once closed
    Armed = 1u << 10,       ///< an inspector has armed a fault
    HeldByOrder = 1u << 11, ///< an inspector has paused it
    Piped = 1u << 12,       ///< what it reads goes on by pipe(), which resumes what it pauses
    WritesOn = 1u << 13,    ///< was written to although it needs drain; the agent finds out by itself
};

/// Why stateChanged() or happened() was called. On the wire as two bytes: never renumber.
enum class EventKind : quint16 {
    Opened = 1,
    Lookup = 2,
    Attempt = 3,
    AttemptFailed = 4,
    Connected = 5,
    Listening = 6,
    Accepted = 7, ///< on the server; a = id of the new socket
    Dropped = 8,  ///< on the server; a = connections at that moment
    Received = 9, ///< a = bytes, b = received in all
    Sent = 10,    ///< a = bytes, b = sent in all
    Queued = 11,  ///< a = bytes in the queue, b = high-water mark
    Drain = 12,
    Paused = 13,
    Resumed = 14,
    PeerEnded = 15,
    Ended = 16,    ///< end() was called
    Finished = 17, ///< everything is written and the FIN is out
    TimedOut = 18,
    Failed = 19,   ///< a = errno
    Closed = 20,   ///< a = 1 if by an error
    DataLost = 21, ///< a = bytes that flowed with no receiver
    WriteAfterEnd = 22,
    Closing = 23,      ///< on the server: close() was called
    HandedOver = 24,   ///< to another process; a = cookie, the same number in both, b = process id
    TakenOver = 25,    ///< from another process; a and b alike
    Ordered = 26,      ///< by an inspector: a = Verb, b = bytes
    SlotReturned = 27, ///< a = ns that its signal had waited since readiness and EventKind << 48 of the signal, b = ns
};

/// What an application does with a subject by a call of its own. On the wire as one byte: never renumber.
enum class Call : quint8 {
    Created = 1, ///< constructed; of an object of Qt's own: shown by inspect()
    Connect = 2,
    Listen = 3,
    End = 4,
    Destroy = 5, ///< destroy() and the like, close() of a server, or deleted while it was open
};

/// All that is known of a subject at one moment; filled in the subject's own thread.
struct Facts
{
    quint64 id = 0;
    quint64 server = 0; ///< the id of the server that accepted it, or 0
    SubjectKind kind = SubjectKind::Socket;
    Origin origin = Origin::Created;
    State state = State::Idle;
    Family family = Family::Unspecified;
    quint32 flags = 0;          ///< of Flag
    qint64 createdAt = 0;       ///< ns of CLOCK_MONOTONIC
    quint64 received = 0;       ///< bytes read from the kernel
    quint64 sent = 0;           ///< bytes that the kernel has taken
    quint64 queued = 0;         ///< bytes accepted by write() and not yet sent
    quint64 readBuffered = 0;   ///< bytes read and not yet consumed
    quint64 highWaterMark = 0;  ///< bytes
    quint32 connections = 0;    ///< servers: open connections
    quint32 maxConnections = 0; ///< servers: 0 = no limit
    quint64 accepted = 0;       ///< servers: connections accepted in all
    quint64 dropped = 0;        ///< servers: connections dropped in all
    int descriptor = -1;
    int errorNumber = 0;
    SocketAddress local; ///< a local socket's path stands in address
    SocketAddress remote;
    QString name;         ///< QObject::objectName()
    QString errorMessage; ///< of the last error
};

} // namespace net::probe
