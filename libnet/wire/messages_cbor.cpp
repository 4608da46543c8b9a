#include "libnet/wire/cbormap.h"
#include "libnet/wire/frame.h"
#include "libnet/wire/messages.h"

#include <algorithm>

using namespace Qt::StringLiterals;

// The frames that are CBOR: rare, and meant to grow by keys that an older reader skips.
namespace net::wire {

namespace {

/// Writes one map as a frame.
class MapFrame
{
public:
    MapFrame(QByteArray &out, FrameType type) : m_frame(out, type), m_writer(&m_bytes) { m_writer.startMap(); }
    ~MapFrame()
    {
        m_writer.endMap();
        m_frame.append(m_bytes);
    }
    MapFrame(const MapFrame &) = delete;
    MapFrame &operator=(const MapFrame &) = delete;

    void add(QLatin1StringView key, quint64 value) { keyed(key).append(value); }
    void add(QLatin1StringView key, qint64 value) { keyed(key).append(value); }
    void add(QLatin1StringView key, bool value) { keyed(key).append(value); }
    void add(QLatin1StringView key, const QString &value, qsizetype limit) { keyed(key).append(value.left(limit)); }
    QCborStreamWriter &keyed(QLatin1StringView key)
    {
        m_writer.append(key);
        return m_writer;
    }

private:
    FrameWriter m_frame;
    QByteArray m_bytes;
    QCborStreamWriter m_writer;
};

constexpr qsizetype longestName = 256;
constexpr qsizetype longestMessage = 1000;

struct StatusField
{
    QLatin1StringView key;
    quint64 Status::*place;
};

constexpr StatusField statusFields[] = {
    {"emitted"_L1, &Status::emitted},
    {"ringDropped"_L1, &Status::ringDropped},
    {"beforeAttach"_L1, &Status::beforeAttach},
    {"delivered"_L1, &Status::delivered},
    {"linkDropped"_L1, &Status::linkDropped},
    {"pending"_L1, &Status::pending},
    {"memory"_L1, &Status::memory},
    {"memoryLimit"_L1, &Status::memoryLimit},
    {"historyBytes"_L1, &Status::historyBytes},
    {"payloadBytes"_L1, &Status::payloadBytes},
    {"payloadLost"_L1, &Status::payloadLost},
    {"subjects"_L1, &Status::subjects},
    {"closed"_L1, &Status::closed},
    {"forgotten"_L1, &Status::forgotten},
    {"inspectors"_L1, &Status::inspectors},
    {"stacks"_L1, &Status::stacks},
    {"stacksLost"_L1, &Status::stacksLost},
};

struct RecordField
{
    QLatin1StringView key;
    quint16 RecordSizes::*place;
};

constexpr RecordField recordFields[] = {
    {"event"_L1, &RecordSizes::event},
    {"counters"_L1, &RecordSizes::counters},
    {"description"_L1, &RecordSizes::description},
    {"gone"_L1, &RecordSizes::gone},
    {"payload"_L1, &RecordSizes::payload},
};

} // namespace

quint16 commonVersion(const Hello &a, const Hello &b)
{
    const quint16 newest = std::min(a.newest, b.newest);
    return newest >= std::max(a.oldest, b.oldest) ? newest : 0;
}

void encode(QByteArray &out, const Hello &hello)
{
    MapFrame map(out, FrameType::Hello);
    map.add("magic"_L1, u"libnet-inspect"_s, longestName);
    map.add("side"_L1, quint64(hello.side));
    map.add("oldest"_L1, quint64(hello.oldest));
    map.add("newest"_L1, quint64(hello.newest));
    map.add("version"_L1, quint64(hello.version));
    map.add("rights"_L1, quint64(hello.rights));
    map.add("pid"_L1, hello.pid);
    map.add("name"_L1, hello.name, longestName);
    map.add("software"_L1, hello.software, longestName);
    map.add("startTime"_L1, hello.startTime);
    map.add("monotonic"_L1, hello.monotonic);
    map.add("realtime"_L1, hello.realtime);
    map.add("interval"_L1, quint64(hello.interval));
    map.add("history"_L1, hello.history);
    map.add("parent"_L1, hello.parent);
    map.add("worker"_L1, quint64(hello.worker));
    QCborStreamWriter &writer = map.keyed("records"_L1);
    writer.startMap();
    for (const RecordField &field : recordFields) {
        writer.append(field.key);
        writer.append(quint64(hello.records.*field.place));
    }
    writer.endMap();
}

std::optional<Hello> decodeHello(QByteArrayView payload)
{
    Hello hello;
    QString magic;
    quint8 side = 0;
    CborMapReader map(payload);
    while (map.next()) {
        const QString key = map.key();
        if (key == "magic"_L1)
            map.read(magic);
        else if (key == "side"_L1)
            map.read(side);
        else if (key == "oldest"_L1)
            map.read(hello.oldest);
        else if (key == "newest"_L1)
            map.read(hello.newest);
        else if (key == "version"_L1)
            map.read(hello.version);
        else if (key == "rights"_L1)
            map.read(hello.rights);
        else if (key == "pid"_L1)
            map.read(hello.pid);
        else if (key == "name"_L1)
            map.read(hello.name);
        else if (key == "software"_L1)
            map.read(hello.software);
        else if (key == "startTime"_L1)
            map.read(hello.startTime);
        else if (key == "monotonic"_L1)
            map.read(hello.monotonic);
        else if (key == "realtime"_L1)
            map.read(hello.realtime);
        else if (key == "parent"_L1)
            map.read(hello.parent);
        else if (key == "worker"_L1)
            map.read(hello.worker);
        else if (key == "interval"_L1)
            map.read(hello.interval);
        else if (key == "history"_L1)
            map.read(hello.history);
        else if (key == "records"_L1)
            map.readMap([&hello](CborMapReader &records) {
                for (const RecordField &field : recordFields) {
                    if (records.key() == field.key)
                        records.read(hello.records.*field.place);
                }
            });
    }
    const bool knownSide = side == quint8(Side::Agent) || side == quint8(Side::Inspector);
    if (!map.isComplete() || magic != "libnet-inspect"_L1 || !knownSide || hello.oldest > hello.newest)
        return {};
    hello.side = Side(side);
    return hello;
}

void encode(QByteArray &out, const Status &status)
{
    MapFrame map(out, FrameType::Status);
    map.add("time"_L1, status.time);
    for (const StatusField &field : statusFields)
        map.add(field.key, status.*field.place);
    map.add("loopDelay"_L1, status.loopDelay);
    map.add("worstLoopDelay"_L1, status.worstLoopDelay);
}

std::optional<Status> decodeStatus(QByteArrayView payload)
{
    Status status;
    CborMapReader map(payload);
    while (map.next()) {
        const QString key = map.key();
        if (key == "time"_L1)
            map.read(status.time);
        else if (key == "loopDelay"_L1)
            map.read(status.loopDelay);
        else if (key == "worstLoopDelay"_L1)
            map.read(status.worstLoopDelay);
        else if (const auto *field = std::find_if(std::begin(statusFields), std::end(statusFields),
                                                  [&key](const StatusField &each) { return each.key == key; });
                 field != std::end(statusFields))
            map.read(status.*field->place);
    }
    if (!map.isComplete())
        return {};
    return status;
}

void encode(QByteArray &out, const Command &command)
{
    MapFrame map(out, FrameType::Command);
    map.add("id"_L1, command.id);
    map.add("subject"_L1, command.subject);
    map.add("verb"_L1, command.verb, longestName);
    QCborStreamWriter &writer = map.keyed("arguments"_L1);
    writer.startMap();
    for (const auto &[key, value] : command.arguments) {
        key.toCbor(writer);
        value.toCbor(writer);
    }
    writer.endMap();
}

std::optional<Command> decodeCommand(QByteArrayView payload)
{
    Command command;
    CborMapReader map(payload);
    while (map.next()) {
        const QString key = map.key();
        if (key == "id"_L1)
            map.read(command.id);
        else if (key == "subject"_L1)
            map.read(command.subject);
        else if (key == "verb"_L1)
            map.read(command.verb);
        else if (key == "arguments"_L1)
            map.readMap([&command](CborMapReader &arguments) {
                const QString name = arguments.key();
                if (arguments.isInteger()) {
                    qint64 value = 0;
                    arguments.read(value);
                    command.arguments.insert(name, value);
                } else if (arguments.isText()) {
                    QString value;
                    arguments.read(value);
                    command.arguments.insert(name, value);
                } else {
                    QByteArray value;
                    arguments.read(value);
                    command.arguments.insert(name, value);
                }
            });
    }
    if (!map.isComplete() || command.verb.isEmpty())
        return {};
    return command;
}

void encode(QByteArray &out, const CommandResult &result)
{
    MapFrame map(out, FrameType::CommandResult);
    map.add("id"_L1, result.id);
    map.add("done"_L1, result.done);
    map.add("message"_L1, result.message, longestMessage);
}

std::optional<CommandResult> decodeCommandResult(QByteArrayView payload)
{
    CommandResult result;
    CborMapReader map(payload);
    while (map.next()) {
        const QString key = map.key();
        if (key == "id"_L1)
            map.read(result.id);
        else if (key == "done"_L1)
            map.read(result.done);
        else if (key == "message"_L1)
            map.read(result.message);
    }
    if (!map.isComplete())
        return {};
    return result;
}

void encode(QByteArray &out, const Error &error)
{
    MapFrame map(out, FrameType::Error);
    map.add("code"_L1, quint64(error.code));
    map.add("message"_L1, error.message, longestMessage);
}

std::optional<Error> decodeError(QByteArrayView payload)
{
    Error error;
    quint16 code = 0;
    CborMapReader map(payload);
    while (map.next()) {
        const QString key = map.key();
        if (key == "code"_L1)
            map.read(code);
        else if (key == "message"_L1)
            map.read(error.message);
    }
    if (!map.isComplete() || code == 0)
        return {};
    error.code = ErrorCode(code);
    return error;
}

void encode(QByteArray &out, const Bye &bye)
{
    MapFrame(out, FrameType::Bye).add("reason"_L1, quint64(bye.reason));
}

std::optional<Bye> decodeBye(QByteArrayView payload)
{
    quint8 reason = 0;
    CborMapReader map(payload);
    while (map.next()) {
        if (map.key() == "reason"_L1)
            map.read(reason);
    }
    if (!map.isComplete() || reason == 0)
        return {};
    return Bye{ByeReason(reason)};
}

} // namespace net::wire
