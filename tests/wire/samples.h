#pragma once
#include "libnet/wire/messages.h"

#include <QByteArray>
#include <QList>

/// One of each message, every member different from its default.
namespace samples {

using namespace Qt::StringLiterals;
namespace wire = net::wire;

inline wire::Hello hello()
{
    return {.side = wire::Side::Agent,
            .oldest = 1,
            .newest = 3,
            .version = 2,
            .rights = wire::Observe | wire::SeePayload,
            .pid = 4711,
            .name = u"döner"_s,
            .software = u"libnet 0.1.0"_s,
            .startTime = 1700000000123,
            .monotonic = 987654321,
            .realtime = 1700000000123456789,
            .interval = 250,
            .history = false,
            .records = {.event = 48, .counters = 128, .description = 56, .gone = 24, .payload = 64}};
}

inline wire::EventRecord event(quint64 number)
{
    return {.time = qint64(1000 + number),
            .subject = 7,
            .a = number,
            .b = ~number,
            .flags = wire::NeedsDrain,
            .kind = wire::EventKind::Sent,
            .state = wire::State::Open};
}

inline wire::CounterRecord counters(quint64 subject)
{
    return {.subject = subject,
            .received = 1,
            .sent = 2,
            .queued = 3,
            .readBuffered = 4,
            .highWaterMark = 5,
            .accepted = 6,
            .dropped = 7,
            .connections = 8,
            .maxConnections = 9,
            .lastActivity = 10,
            .events = 11,
            .eventsDropped = 12,
            .payloadLost = 13,
            .flags = wire::Paused | wire::HalfOpen,
            .errorNumber = 104,
            .state = wire::State::Closing,
            .kind = wire::SubjectKind::Server};
}

inline wire::Description description(quint64 subject)
{
    return {.record = {.subject = subject,
                       .server = 3,
                       .createdAt = 4,
                       .goneAt = 5,
                       .descriptor = 6,
                       .thread = 7,
                       .localPort = 8,
                       .remotePort = 9,
                       .localFamily = wire::Family::Local,
                       .remoteFamily = wire::Family::IPv6,
                       .kind = wire::SubjectKind::Socket,
                       .origin = wire::Origin::Accepted},
            .counters = counters(subject),
            .localAddress = QString(QChar(u'\0')) + u"abstract"_s,
            .remoteAddress = u"fe80::1%eth0"_s,
            .name = u"søcket"_s,
            .errorMessage = u"read ECONNRESET"_s};
}

inline wire::Drops drops()
{
    return {.reason = wire::DropReason::Link,
            .total = 15,
            .elsewhere = 4,
            .kinds = {{9, 10}, {10, 5}},
            .subjects = {{7, 11}}};
}

inline wire::Payload payload()
{
    return {.record = {.subject = 7,
                       .offset = 100,
                       .time = 5,
                       .streamSize = 9,
                       .size = 5,
                       .direction = wire::Direction::Sent,
                       .redacted = 1},
            .bytes = QByteArray("a\0b\nc", 5)};
}

inline wire::KernelRecord kernel(quint64 subject)
{
    return {.subject = subject,
            .unsent = 1,
            .notSent = 2,
            .unread = 3,
            .busy = 4,
            .peerLimited = 5,
            .bufferLimited = ~quint64(0),
            .peerWindow = 7,
            .networkWindow = 8,
            .roundTrip = 9,
            .resent = 10};
}

inline wire::Module module(quint32 number)
{
    return {.record = {.base = 1, .begin = 2, .end = ~quint64(0), .module = number, .pathSize = 10, .buildIdSize = 4},
            .path = u"/lib/ä.so"_s,
            .buildId = QByteArray("\0\1\2\3", 4)};
}

inline wire::StackFrameRecord stackFrame(quint16 position)
{
    return {.address = 0x7f0000001234, .stack = 3, .module = 1, .position = position};
}

inline wire::StackRecord stack(quint64 subject)
{
    return {.subject = subject, .time = 5, .stack = 3, .call = wire::Call::Connect};
}

inline wire::Status status()
{
    return {.time = 1,
            .emitted = 2,
            .ringDropped = 3,
            .beforeAttach = 4,
            .delivered = 5,
            .linkDropped = 6,
            .pending = 7,
            .memory = 8,
            .memoryLimit = 9,
            .historyBytes = 10,
            .payloadBytes = 11,
            .payloadLost = ~quint64(0),
            .subjects = 13,
            .closed = 14,
            .forgotten = 15,
            .inspectors = 16,
            .stacks = 17,
            .stacksLost = 18,
            .loopDelay = 19,
            .worstLoopDelay = 20};
}

inline wire::Command command()
{
    return {.id = 1,
            .subject = 2,
            .verb = u"reset"_s,
            .arguments = {{u"after"_s, 1000}, {u"why"_s, u"because"_s}, {u"bytes"_s, QByteArray("\0x", 2)}}};
}

inline const wire::SnapshotBegin snapshotBegin = {.serial = 2, .subjects = 10000, .time = 3};
inline const wire::SnapshotEnd snapshotEnd = {.serial = 2, .reserved = 0, .time = 4};
inline const wire::CommandResult commandResult = {.id = 9, .done = true, .message = u"paused"_s};
inline const wire::Error error = {.code = wire::ErrorCode::NotGranted, .message = u"no"_s};
inline const wire::Bye bye = {.reason = wire::ByeReason::ApplicationEnds};

/// What an agent of version 4 could say, as one stream of frames.
inline QByteArray agentStream()
{
    QByteArray out;
    const wire::Description descriptions[] = {description(1), description(2)};
    const wire::CounterRecord deltas[] = {counters(1), counters(2), counters(3)};
    const wire::GoneRecord gone[] = {{2, 99}};
    const wire::EventRecord events[] = {event(0), event(1)};
    const wire::CaptureRecord captures[] = {{.subject = 7, .on = 1, .known = 1}};
    const wire::KernelRecord kernels[] = {kernel(7)};
    const wire::Module modules[] = {module(1), module(2)};
    const wire::StackFrameRecord frames[] = {stackFrame(0), stackFrame(1)};
    const wire::StackRecord stacks[] = {stack(1)};
    encode(out, hello());
    encode(out, snapshotBegin);
    encode(out, descriptions, 1);
    encode(out, snapshotEnd);
    encode(out, events, 40, true);
    encode(out, deltas, 2);
    encode(out, gone, 3);
    encode(out, drops());
    encode(out, captures, 4);
    encode(out, kernels, 5);
    encode(out, modules, 6);
    encode(out, frames, 6);
    encode(out, stacks, 6);
    encode(out, payload());
    encode(out, status());
    encode(out, commandResult);
    encode(out, error);
    encode(out, bye);
    return out;
}

/// The message in a payload, encoded again as a frame; empty if it is malformed.
inline QByteArray reencoded(wire::FrameType type, quint8 flags, QByteArrayView payload)
{
    QByteArray out;
    const auto message = [&out](const auto &decoded) {
        if (decoded)
            encode(out, *decoded);
    };
    const auto batch = [&out](const auto &decoded, auto... more) {
        if (decoded)
            encode(out, std::span(decoded->records.constData(), std::size_t(decoded->records.size())),
                   decltype(decoded->stamp)(decoded->stamp), more...);
    };
    switch (type) {
    case wire::FrameType::Hello:
        message(wire::decodeHello(payload));
        break;
    case wire::FrameType::SnapshotBegin:
        message(wire::decodeSnapshotBegin(payload));
        break;
    case wire::FrameType::Describe:
        batch(wire::decodeDescribe(payload));
        break;
    case wire::FrameType::SnapshotEnd:
        message(wire::decodeSnapshotEnd(payload));
        break;
    case wire::FrameType::Delta:
        batch(wire::decodeDelta(payload));
        break;
    case wire::FrameType::Gone:
        batch(wire::decodeGone(payload));
        break;
    case wire::FrameType::Events:
        batch(wire::decodeEvents(payload), (flags & wire::historyFlag) != 0);
        break;
    case wire::FrameType::Drops:
        message(wire::decodeDrops(payload));
        break;
    case wire::FrameType::Capture:
        batch(wire::decodeCapture(payload));
        break;
    case wire::FrameType::Watch:
        batch(wire::decodeWatch(payload));
        break;
    case wire::FrameType::Kernel:
        batch(wire::decodeKernel(payload));
        break;
    case wire::FrameType::Stacks:
        batch(wire::decodeStacks(payload));
        break;
    case wire::FrameType::StackFrames:
        batch(wire::decodeStackFrames(payload));
        break;
    case wire::FrameType::Modules:
        batch(wire::decodeModules(payload));
        break;
    case wire::FrameType::Payload:
        for (const wire::Payload &piece : wire::decodePayload(payload).value_or(QList<wire::Payload>()))
            encode(out, piece);
        break;
    case wire::FrameType::Status:
        message(wire::decodeStatus(payload));
        break;
    case wire::FrameType::Command:
        message(wire::decodeCommand(payload));
        break;
    case wire::FrameType::CommandResult:
        message(wire::decodeCommandResult(payload));
        break;
    case wire::FrameType::Error:
        message(wire::decodeError(payload));
        break;
    case wire::FrameType::Bye:
        message(wire::decodeBye(payload));
        break;
    }
    return out;
}

} // namespace samples
