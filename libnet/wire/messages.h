#pragma once
#include "libnet/wire/protocol.h"

#include <QByteArray>
#include <QCborMap>
#include <QList>
#include <QString>

#include <optional>
#include <span>

/// What the frames mean, as plain values. encode() appends whole frames to a buffer, as many as the caps ask for;
/// decode…() reads the payload of one frame and gives nothing if it is malformed.
namespace net::wire {

/// The sizes of the records that the sender sends.
struct RecordSizes
{
    quint16 event = sizeof(EventRecord);
    quint16 counters = sizeof(CounterRecord);
    quint16 description = sizeof(DescriptionRecord);
    quint16 gone = sizeof(GoneRecord);
    quint16 payload = sizeof(PayloadRecord);

    friend bool operator==(const RecordSizes &, const RecordSizes &) = default;
};

/// The first frame of both sides: the inspector asks, the agent answers.
struct Hello
{
    Side side = Side::Inspector;
    quint16 oldest = oldestVersion; ///< protocol versions that the sender speaks
    quint16 newest = newestVersion;
    quint16 version = 0;      ///< from the agent: the one that both speak from now on
    quint32 rights = Observe; ///< asked for, or granted; of Right
    qint64 pid = 0;
    QString name = {};      ///< of the application
    QString software = {};  ///< "libnet 0.1.0"
    qint64 startTime = 0;   ///< of the process: ms since 1970
    qint64 monotonic = 0;   ///< ns of CLOCK_MONOTONIC, at the same moment as
    qint64 realtime = 0;    ///< ns since 1970
    quint32 interval = 100; ///< ms between deltas, wanted or promised
    bool history = true;    ///< from the inspector: send what was recorded before
    qint64 parent = 0;      ///< from the agent: process id of who forked it with a channel, or 0
    quint32 worker = 0;     ///< from the agent: its id in a cluster, or 0
    RecordSizes records = {};

    friend bool operator==(const Hello &, const Hello &) = default;
};

/// The newest version that both speak, or 0.
quint16 commonVersion(const Hello &a, const Hello &b);

struct SnapshotBegin
{
    quint32 serial = 0;   ///< 1 for the first; a later snapshot replaces everything known
    quint32 subjects = 0; ///< descriptions that follow
    qint64 time = 0;

    friend bool operator==(const SnapshotBegin &, const SnapshotBegin &) = default;
};

struct SnapshotEnd
{
    quint32 serial = 0;
    quint32 reserved = 0;
    qint64 time = 0;

    friend bool operator==(const SnapshotEnd &, const SnapshotEnd &) = default;
};

/// A server or a socket, completely.
struct Description
{
    DescriptionRecord record = {};
    CounterRecord counters = {};
    QString localAddress = {}; ///< literal, or a local socket's path
    QString remoteAddress = {};
    QString name = {};
    QString errorMessage = {};

    friend bool operator==(const Description &, const Description &) = default;
};

/// Records of one frame. \a stamp as in BatchHead.
template <typename Record>
struct Batch
{
    quint64 stamp = 0;
    QList<Record> records = {};

    friend bool operator==(const Batch &, const Batch &) = default;
};

enum class DropReason : quint8 { Ring = 1, Link = 2 };

/// Events that were lost, as totals: in the application's rings, or because this inspector was too slow.
struct Drops
{
    struct Count
    {
        quint64 of = 0; ///< an EventKind, or a subject
        quint64 count = 0;

        friend bool operator==(const Count &, const Count &) = default;
    };

    DropReason reason = DropReason::Ring;
    quint64 total = 0;
    quint64 elsewhere = 0; ///< of subjects that are not listed
    QList<Count> kinds = {};
    QList<Count> subjects = {};

    friend bool operator==(const Drops &, const Drops &) = default;
};

/// A captured piece of a stream.
struct Payload
{
    PayloadRecord record = {};
    QByteArray bytes = {};

    friend bool operator==(const Payload &, const Payload &) = default;
};

/// A program or library that a process has loaded.
struct Module
{
    ModuleRecord record = {};
    QString path = {};
    QByteArray buildId = {}; ///< as bytes, not as digits

    friend bool operator==(const Module &, const Module &) = default;
};

/// How the agent is. For this inspector, and always:
/// emitted == ringDropped + beforeAttach + delivered + linkDropped + pending.
struct Status
{
    qint64 time = 0;
    quint64 emitted = 0;
    quint64 ringDropped = 0;
    quint64 beforeAttach = 0; ///< events that had left the history before it attached, or that it did not want
    quint64 delivered = 0;
    quint64 linkDropped = 0;
    quint64 pending = 0;
    quint64 memory = 0;       ///< bytes that the agent holds
    quint64 memoryLimit = 0;  ///< of rings, history and payload
    quint64 historyBytes = 0; ///< of the events kept
    quint64 payloadBytes = 0; ///< of the payload kept
    quint64 payloadLost = 0;  ///< bytes that were to be captured and were not kept
    quint64 subjects = 0;     ///< alive
    quint64 closed = 0;       ///< gone and still described
    quint64 forgotten = 0;    ///< gone and forgotten
    quint64 inspectors = 0;
    quint64 stacks = 0;         ///< different call stacks kept
    quint64 stacksLost = 0;     ///< calls whose stack found no place
    qint64 loopDelay = -1;      ///< ns that the main thread's event loop kept the last probe waiting; -1 unknown
    qint64 worstLoopDelay = -1; ///< the same, the worst since the last status

    friend bool operator==(const Status &, const Status &) = default;
};

/// From controlVersion on: a request to do something with a subject.
struct Command
{
    quint64 id = 0; ///< of the request, chosen by the inspector
    quint64 subject = 0;
    QString verb = {};       ///< "pause", "resume", "end", "destroy", "reset", ...
    QCborMap arguments = {}; ///< flat: text to integer, text or bytes

    friend bool operator==(const Command &, const Command &) = default;
};

struct CommandResult
{
    quint64 id = 0;
    bool done = false;
    QString message = {};

    friend bool operator==(const CommandResult &, const CommandResult &) = default;
};

/// The last frame of a side that gives up.
struct Error
{
    ErrorCode code = ErrorCode::Malformed;
    QString message = {};

    friend bool operator==(const Error &, const Error &) = default;
};

struct Bye
{
    ByeReason reason = ByeReason::Detached;

    friend bool operator==(const Bye &, const Bye &) = default;
};

void encode(QByteArray &out, const Hello &hello);
void encode(QByteArray &out, const SnapshotBegin &begin);
void encode(QByteArray &out, const SnapshotEnd &end);
void encode(QByteArray &out, std::span<const Description> descriptions, qint64 time);
void encode(QByteArray &out, std::span<const CounterRecord> counters, qint64 time);
void encode(QByteArray &out, std::span<const GoneRecord> gone, qint64 time);
void encode(QByteArray &out, std::span<const EventRecord> events, quint64 firstSequence, bool history = false);
void encode(QByteArray &out, std::span<const CaptureRecord> captures, qint64 time);
void encode(QByteArray &out, std::span<const WatchRecord> watches, qint64 time);
void encode(QByteArray &out, std::span<const KernelRecord> kernel, qint64 time);
void encode(QByteArray &out, std::span<const StackRecord> stacks, qint64 time);
void encode(QByteArray &out, std::span<const StackFrameRecord> frames, qint64 time);
void encode(QByteArray &out, std::span<const Module> modules, qint64 time);
void encode(QByteArray &out, const Drops &drops);
void encode(QByteArray &out, const PayloadRecord &record, QByteArrayView bytes);
inline void encode(QByteArray &out, const Payload &payload)
{
    encode(out, payload.record, payload.bytes);
}
void encode(QByteArray &out, const Status &status);
void encode(QByteArray &out, const Command &command);
void encode(QByteArray &out, const CommandResult &result);
void encode(QByteArray &out, const Error &error);
void encode(QByteArray &out, const Bye &bye);

std::optional<Hello> decodeHello(QByteArrayView payload);
std::optional<SnapshotBegin> decodeSnapshotBegin(QByteArrayView payload);
std::optional<SnapshotEnd> decodeSnapshotEnd(QByteArrayView payload);
std::optional<Batch<Description>> decodeDescribe(QByteArrayView payload);
std::optional<Batch<CounterRecord>> decodeDelta(QByteArrayView payload);
std::optional<Batch<GoneRecord>> decodeGone(QByteArrayView payload);
std::optional<Batch<EventRecord>> decodeEvents(QByteArrayView payload);
std::optional<Batch<CaptureRecord>> decodeCapture(QByteArrayView payload);
std::optional<Batch<WatchRecord>> decodeWatch(QByteArrayView payload);
std::optional<Batch<KernelRecord>> decodeKernel(QByteArrayView payload);
std::optional<Batch<StackRecord>> decodeStacks(QByteArrayView payload);
std::optional<Batch<StackFrameRecord>> decodeStackFrames(QByteArrayView payload);
std::optional<Batch<Module>> decodeModules(QByteArrayView payload);
std::optional<Drops> decodeDrops(QByteArrayView payload);
std::optional<QList<Payload>> decodePayload(QByteArrayView payload);
std::optional<Status> decodeStatus(QByteArrayView payload);
std::optional<Command> decodeCommand(QByteArrayView payload);
std::optional<CommandResult> decodeCommandResult(QByteArrayView payload);
std::optional<Error> decodeError(QByteArrayView payload);
std::optional<Bye> decodeBye(QByteArrayView payload);

} // namespace net::wire
