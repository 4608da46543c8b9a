#pragma once
#include <QtGlobal>

#include <cstddef>
#include <type_traits>

/// What PROTOCOL.md says, as numbers and fixed-width records. Records go out as they lie in memory.
namespace net::wire {

static_assert(Q_BYTE_ORDER == Q_LITTLE_ENDIAN, "records are little endian on the wire and are copied as they lie");

inline constexpr quint16 oldestVersion = 1;
inline constexpr quint16 newestVersion = 4;
inline constexpr quint16 controlVersion = 2; ///< the first version that speaks Command and CommandResult
inline constexpr quint16 watchVersion = 3;   ///< the first version that speaks Watch and Kernel
inline constexpr quint16 slotsVersion = 4;   ///< the first version that times slots
inline constexpr quint16 stackVersion = 4;   ///< the first version that speaks Stacks, StackFrames and Modules

enum class Side : quint8 { Agent = 1, Inspector = 2 };

enum class FrameType : quint8 {
    Hello = 1,
    SnapshotBegin = 2,
    Describe = 3,
    SnapshotEnd = 4,
    Delta = 5,
    Gone = 6,
    Events = 7,
    Drops = 8,
    Capture = 9,
    Payload = 10,
    Status = 11,
    Command = 12,
    CommandResult = 13,
    Error = 14,
    Bye = 15,
    Watch = 16,
    Kernel = 17,
    Stacks = 18,
    StackFrames = 19,
    Modules = 20,
};

/// Of an Events frame: recorded before this inspector had its snapshot.
inline constexpr quint8 historyFlag = 1;

/// The most payload a frame of \a type may carry when \a sender sends it in \a version; -1 if it may not be sent.
constexpr qint64 maximumPayload(FrameType type, Side sender, quint16 version)
{
    constexpr qint64 KiB = 1024;
    const bool agent = sender == Side::Agent;
    switch (type) {
    case FrameType::Hello:
        return 8 * KiB;
    case FrameType::SnapshotBegin:
        return agent ? 64 : -1;
    case FrameType::Describe:
        return agent ? 1024 * KiB : -1;
    case FrameType::SnapshotEnd:
        return agent ? 64 : -1;
    case FrameType::Delta:
        return agent ? 1024 * KiB : -1;
    case FrameType::Gone:
        return agent ? 256 * KiB : -1;
    case FrameType::Events:
        return agent ? 1024 * KiB : -1;
    case FrameType::Drops:
        return agent ? 64 * KiB : -1;
    case FrameType::Capture:
        return 64 * KiB;
    case FrameType::Payload:
        return agent ? 1024 * KiB : -1;
    case FrameType::Status:
        return agent ? 4 * KiB : -1;
    case FrameType::Command:
        return !agent && version >= controlVersion ? 64 * KiB : -1;
    case FrameType::CommandResult:
        return agent && version >= controlVersion ? 64 * KiB : -1;
    case FrameType::Error:
        return 4 * KiB;
    case FrameType::Bye:
        return 1 * KiB;
    case FrameType::Watch:
        return !agent && version >= watchVersion ? 64 * KiB : -1;
    case FrameType::Kernel:
        return agent && version >= watchVersion ? 256 * KiB : -1;
    case FrameType::Stacks:
    case FrameType::StackFrames:
    case FrameType::Modules:
        return agent && version >= stackVersion ? 256 * KiB : -1;
    }
    return -1;
}

enum Right : quint32 { Observe = 1u << 0, SeePayload = 1u << 1, Control = 1u << 2 };

// The numbers of probe/tapevents.h; the agent asserts that they agree.
enum class SubjectKind : quint8 { Server = 1, Socket = 2 };
enum class Origin : quint8 { Created = 1, Accepted = 2, Adopted = 3 };
enum class Family : quint8 { Unspecified = 0, IPv4 = 1, IPv6 = 2, Local = 3 };
enum class Direction : quint8 { Received = 1, Sent = 2 };

enum class State : quint8 {
    Idle = 0,
    Resolving = 1,
    Connecting = 2,
    Open = 3,
    ReadEnded = 4,
    WriteEnded = 5,
    Closed = 6,
    Listening = 7,
    Closing = 8,
};

enum Flag : quint32 {
    Paused = 1u << 0,
    NeedsDrain = 1u << 1,
    Ending = 1u << 2,
    NoReceiver = 1u << 3,
    HalfOpen = 1u << 4,
    Failed = 1u << 5,
    NoErrorHandler = 1u << 6,
    HasTimeout = 1u << 7,
    Unreferenced = 1u << 8,
    NoParent = 1u << 9,
    Armed = 1u << 10,
    HeldByOrder = 1u << 11,
    Piped = 1u << 12,
    WritesOn = 1u << 13,
};

enum class EventKind : quint16 {
    Opened = 1,
    Lookup = 2,
    Attempt = 3,
    AttemptFailed = 4,
    Connected = 5,
    Listening = 6,
    Accepted = 7,
    Dropped = 8,
    Received = 9,
    Sent = 10,
    Queued = 11,
    Drain = 12,
    Paused = 13,
    Resumed = 14,
    PeerEnded = 15,
    Ended = 16,
    Finished = 17,
    TimedOut = 18,
    Failed = 19,
    Closed = 20,
    DataLost = 21,
    WriteAfterEnd = 22,
    Closing = 23,
    HandedOver = 24,
    TakenOver = 25,
    Ordered = 26,
    SlotReturned = 27,
};
/// In a SlotReturned: a has the signal's EventKind above it, the ns that it had waited below.
inline constexpr int slotSignalShift = 48;
inline constexpr int eventKindLimit = 64; ///< every kind, of any version, is below it

enum class ErrorCode : quint16 {
    Malformed = 1,    ///< a frame could not be read
    NoVersion = 2,    ///< no protocol version in common
    NotGranted = 3,   ///< what was asked for needs a right that was not granted
    HelloTimeout = 4, ///< no hello came in time
    TooMany = 5,      ///< too many inspectors are attached already
};

enum class ByeReason : quint8 { Detached = 1, ApplicationEnds = 2, AgentStops = 3 };

struct FrameHeader
{
    quint32 size = 0; ///< of the payload that follows, without this header
    quint8 type = 0;  ///< FrameType
    quint8 flags = 0;
    quint16 reserved = 0;

    friend bool operator==(const FrameHeader &, const FrameHeader &) = default;
};

/// First in the payload of every frame that carries records.
struct BatchHead
{
    quint32 count = 0;
    quint16 recordSize = 0;
    quint16 reserved = 0;
    quint64 stamp = 0; ///< ns of CLOCK_MONOTONIC; in Events the sequence number of the first record

    friend bool operator==(const BatchHead &, const BatchHead &) = default;
};

struct EventRecord
{
    qint64 time = 0; ///< ns of CLOCK_MONOTONIC
    quint64 subject = 0;
    quint64 a = 0;
    quint64 b = 0;
    quint32 flags = 0; ///< of the subject, after the event
    EventKind kind = EventKind::Opened;
    State state = State::Idle; ///< of the subject, after the event
    quint8 reserved = 0;

    friend bool operator==(const EventRecord &, const EventRecord &) = default;
};

/// Every authoritative counter of a subject, as totals.
struct CounterRecord
{
    quint64 subject = 0;
    quint64 received = 0;     ///< bytes read from the kernel
    quint64 sent = 0;         ///< bytes taken by the kernel
    quint64 queued = 0;       ///< bytes written by the application and not yet sent
    quint64 readBuffered = 0; ///< bytes read and not consumed, when it was last described
    quint64 highWaterMark = 0;
    quint64 accepted = 0;    ///< servers: connections accepted in all
    quint64 dropped = 0;     ///< servers: connections dropped in all
    quint32 connections = 0; ///< servers: accepted sockets not yet closed
    quint32 maxConnections = 0;
    qint64 lastActivity = 0;   ///< ns of CLOCK_MONOTONIC; 0 before the first
    quint64 events = 0;        ///< events emitted, those that were dropped included
    quint64 eventsDropped = 0; ///< of these, dropped before the agent had them
    quint64 payloadLost = 0;   ///< bytes that were to be captured and were not kept
    quint32 flags = 0;
    qint32 errorNumber = 0;
    State state = State::Idle;
    SubjectKind kind = SubjectKind::Socket;
    quint16 reserved = 0;
    quint32 reserved2 = 0;

    friend bool operator==(const CounterRecord &, const CounterRecord &) = default;
};

/// What rarely changes of a subject, apart from its texts.
struct DescriptionRecord
{
    quint64 subject = 0;
    quint64 server = 0;   ///< the server that accepted it, or 0
    qint64 createdAt = 0; ///< ns of CLOCK_MONOTONIC
    qint64 goneAt = 0;    ///< the same, 0 while it exists
    qint32 descriptor = -1;
    quint32 thread = 0; ///< the system's thread id
    quint16 localPort = 0;
    quint16 remotePort = 0;
    Family localFamily = Family::Unspecified;
    Family remoteFamily = Family::Unspecified;
    SubjectKind kind = SubjectKind::Socket;
    Origin origin = Origin::Created;

    friend bool operator==(const DescriptionRecord &, const DescriptionRecord &) = default;
};

struct GoneRecord
{
    quint64 subject = 0;
    qint64 time = 0;

    friend bool operator==(const GoneRecord &, const GoneRecord &) = default;
};

/// In a CaptureRecord and a WatchRecord: every socket, those to come included.
inline constexpr quint64 everySocket = 0;

/// From an inspector: wanted. From the agent: how it is now.
struct CaptureRecord
{
    quint64 subject = 0;
    quint8 on = 0;
    quint8 known = 0; ///< from the agent: 1 if the subject exists
    quint16 reserved = 0;
    quint32 reserved2 = 0;

    friend bool operator==(const CaptureRecord &, const CaptureRecord &) = default;
};

/// From an inspector: what more it wants to know of a socket, of Watched.
struct WatchRecord
{
    quint64 subject = 0;
    quint32 what = 0; ///< 0: nothing any more
    quint32 reserved = 0;

    friend bool operator==(const WatchRecord &, const WatchRecord &) = default;
};
enum Watched : quint32 {
    WatchedKernel = 1u << 0,
    WatchedStacks = 1u << 1, ///< with everySocket: who calls, about every subject
    WatchedSlots = 1u << 2,  ///< with everySocket: how long slots take, of every subject
};

/// What the kernel knows of a connection. Of a local socket only unsent and unread, the rest is 0.
struct KernelRecord
{
    quint64 subject = 0;
    quint64 unsent = 0;        ///< bytes in the send queue: not acknowledged, or not read by a local peer
    quint64 notSent = 0;       ///< of these, not sent for the first time yet
    quint64 unread = 0;        ///< bytes that have come and that the application has not read
    quint64 busy = 0;          ///< ns that something was there to send, as a total
    quint64 peerLimited = 0;   ///< of these, limited by the peer's receive window
    quint64 bufferLimited = 0; ///< of these, limited by our send buffer
    quint32 peerWindow = 0;    ///< bytes that the peer has room for, as it last said
    quint32 networkWindow = 0; ///< bytes that congestion control lets be on their way
    quint32 roundTrip = 0;     ///< microseconds, smoothed
    quint32 resent = 0;        ///< segments sent again, as a total

    friend bool operator==(const KernelRecord &, const KernelRecord &) = default;
};

/// What an application did with a subject when its stack was taken.
enum class Call : quint8 { Created = 1, Connect = 2, Listen = 3, End = 4, Destroy = 5 };

/// Who has called: the last call of that kind, of one subject.
struct StackRecord
{
    quint64 subject = 0;
    qint64 time = 0;   ///< ns of CLOCK_MONOTONIC
    quint32 stack = 0; ///< its number, from 1 on; 0: it was taken and found no place
    Call call = Call::Created;
    quint8 reserved = 0;
    quint16 reserved2 = 0;

    friend bool operator==(const StackRecord &, const StackRecord &) = default;
};

/// The most frames that a stack has; one of so many may have had more.
inline constexpr quint16 mostStackFrames = 48;

/// One frame of a stack.
struct StackFrameRecord
{
    quint64 address = 0; ///< inside of the instruction that has called
    quint32 stack = 0;
    quint32 module = 0;   ///< in which it is; 0: in none that was known
    quint16 position = 0; ///< 0 is the innermost: who called libnet, or libnet itself
    quint16 reserved = 0;
    quint32 reserved2 = 0;

    friend bool operator==(const StackFrameRecord &, const StackFrameRecord &) = default;
};

/// A program or library of the process. Path and build id follow it as bytes.
struct ModuleRecord
{
    quint64 base = 0;  ///< what was added to the addresses in its file
    quint64 begin = 0; ///< of its place in memory
    quint64 end = 0;
    quint32 module = 0; ///< its number, from 1 on, never used again
    quint16 pathSize = 0;
    quint16 buildIdSize = 0; ///< 0: it has none

    friend bool operator==(const ModuleRecord &, const ModuleRecord &) = default;
};

/// Stands before the bytes of each captured piece.
struct PayloadRecord
{
    quint64 subject = 0;
    quint64 offset = 0; ///< of its first byte in the stream of that direction
    qint64 time = 0;
    quint32 streamSize = 0; ///< bytes of the stream that it stands for
    quint32 size = 0;       ///< bytes that follow; another number if the piece was redacted
    Direction direction = Direction::Received;
    quint8 redacted = 0;
    quint16 reserved = 0;
    quint32 reserved2 = 0;

    friend bool operator==(const PayloadRecord &, const PayloadRecord &) = default;
};

static_assert(sizeof(FrameHeader) == 8 && offsetof(FrameHeader, type) == 4);
static_assert(sizeof(BatchHead) == 16 && offsetof(BatchHead, stamp) == 8);
static_assert(sizeof(EventRecord) == 40 && offsetof(EventRecord, flags) == 32 && offsetof(EventRecord, state) == 38);
static_assert(sizeof(CounterRecord) == 120 && offsetof(CounterRecord, connections) == 64 &&
              offsetof(CounterRecord, lastActivity) == 72 && offsetof(CounterRecord, flags) == 104 &&
              offsetof(CounterRecord, state) == 112);
static_assert(sizeof(DescriptionRecord) == 48 && offsetof(DescriptionRecord, descriptor) == 32 &&
              offsetof(DescriptionRecord, localFamily) == 44);
static_assert(sizeof(GoneRecord) == 16 && sizeof(CaptureRecord) == 16);
static_assert(sizeof(WatchRecord) == 16 && sizeof(KernelRecord) == 72 && offsetof(KernelRecord, peerWindow) == 56);
static_assert(sizeof(StackRecord) == 24 && offsetof(StackRecord, call) == 20);
static_assert(sizeof(StackFrameRecord) == 24 && offsetof(StackFrameRecord, position) == 16);
static_assert(sizeof(ModuleRecord) == 32 && offsetof(ModuleRecord, pathSize) == 28);
static_assert(sizeof(PayloadRecord) == 40 && offsetof(PayloadRecord, direction) == 32);
static_assert(std::is_trivially_copyable_v<EventRecord> && std::is_trivially_copyable_v<CounterRecord> &&
              std::is_trivially_copyable_v<DescriptionRecord> && std::is_trivially_copyable_v<PayloadRecord>);

} // namespace net::wire
