#include "scene.h"

#include "inspector/session/endpointtext.h"
#include "inspector/session/monotonic.h"

using namespace net::wire;
using namespace Qt::StringLiterals;

static Description subject(quint64 id, SubjectKind kind, Origin origin, State state)
{
    Description description;
    description.record.subject = id;
    description.record.kind = kind;
    description.record.origin = origin;
    description.record.createdAt = inspector::monotonicNow();
    description.record.descriptor = static_cast<qint32>(id + 10);
    description.record.localFamily = description.record.remoteFamily = Family::IPv4;
    description.counters.subject = id;
    description.counters.kind = kind;
    description.counters.state = state;
    description.counters.highWaterMark = 16384;
    description.localAddress = u"127.0.0.1"_s;
    return description;
}

Description Scene::server(quint64 id, const QString &name, quint16 port)
{
    Description description = subject(id, SubjectKind::Server, Origin::Created, State::Listening);
    description.name = name;
    description.record.localPort = port;
    description.counters.highWaterMark = 0;
    return description;
}

Description Scene::accepted(quint64 id, quint64 server, quint16 remotePort, State state)
{
    Description description = subject(id, SubjectKind::Socket, Origin::Accepted, state);
    description.record.server = server;
    description.record.localPort = 8124;
    description.record.remotePort = remotePort;
    description.remoteAddress = u"10.0.0.7"_s;
    return description;
}

Description Scene::client(quint64 id, const QString &name, quint16 remotePort, State state)
{
    Description description = subject(id, SubjectKind::Socket, Origin::Created, state);
    description.name = name;
    description.record.localPort = 50000;
    description.record.remotePort = remotePort;
    description.remoteAddress = u"192.168.1.9"_s;
    return description;
}

CounterRecord Scene::counters(const Description &of, quint64 received, quint64 sent)
{
    CounterRecord record = of.counters;
    record.received = received;
    record.sent = sent;
    record.lastActivity = inspector::monotonicNow();
    return record;
}

EventRecord Scene::event(quint64 subject, EventKind kind, quint64 a, quint64 b)
{
    return {.time = inspector::monotonicNow(), .subject = subject, .a = a, .b = b, .kind = kind, .state = State::Open};
}

Payload Scene::payload(quint64 subject, Direction direction, quint64 offset, const QByteArray &bytes)
{
    Payload payload;
    payload.record.subject = subject;
    payload.record.direction = direction;
    payload.record.offset = offset;
    payload.record.streamSize = payload.record.size = static_cast<quint32>(bytes.size());
    payload.record.time = inspector::monotonicNow();
    payload.bytes = bytes;
    return payload;
}

QByteArray Scene::greeting(quint32 rights)
{
    Hello hello;
    hello.side = Side::Agent;
    hello.version = newestVersion;
    hello.rights = rights;
    hello.pid = 1;
    hello.name = u"scene"_s;
    QByteArray bytes;
    encode(bytes, hello);
    return bytes;
}

QByteArray Scene::snapshot(const QList<Description> &subjects, quint32 serial)
{
    QByteArray bytes;
    encode(bytes, SnapshotBegin{.serial = serial, .subjects = static_cast<quint32>(subjects.size()), .time = 1});
    encode(bytes, std::span(subjects.constData(), static_cast<std::size_t>(subjects.size())), 1);
    encode(bytes, SnapshotEnd{.serial = serial, .reserved = 0, .time = 1});
    return bytes;
}

inspector::SessionOptions QuietSession::options()
{
    return {.directory = u"/nonexistent"_s, .events = 200'000};
}

void QuietSession::addProcess(quint32 process, const QString &name, qint64 pid)
{
    const qint64 now = inspector::monotonicNow();
    objects().addProcess(process, pid, name, now, now);
}

void QuietSession::add(quint32 process, const Description &description)
{
    const DescriptionRecord &record = description.record;
    objects().describe(
        process, record,
        {.name = description.name,
         .local = inspector::endpointText(record.localFamily, description.localAddress, record.localPort),
         .remote = inspector::endpointText(record.remoteFamily, description.remoteAddress, record.remotePort),
         .error = description.errorMessage},
        inspector::monotonicNow());
    count(process, description.counters);
}

void QuietSession::count(quint32 process, const CounterRecord &counters)
{
    objects().count(process, counters, inspector::monotonicNow());
}

void QuietSession::happen(quint32 process, const QList<EventRecord> &events)
{
    session.records().events.append(static_cast<quint16>(process), events);
}

QStringList printed(const QAbstractItemModel &model, const QList<int> &columns, const QModelIndex &parent, int depth)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (const int column : columns)
            cells += model.index(row, column, parent).data().toString();
        lines += QString(depth * 2, u' ') + cells.join(u' ').trimmed();
        lines += printed(model, columns, model.index(row, 0, parent), depth + 1);
    }
    return lines;
}
