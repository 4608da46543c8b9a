#include "inspector/session/sessionstate.h"

#include "inspector/session/endpointtext.h"

#include <QCoreApplication>
#include <QSysInfo>

#include <algorithm>
#include <limits>
#include <map>

namespace inspector {

using namespace Qt::StringLiterals;
using namespace net::wire;

// The address in what endpointText() has made of it.
static QString addressIn(const QString &text, Family family, quint16 port)
{
    if (family == Family::Local)
        return text.startsWith(u'@') ? QChar(0) + text.sliced(1) : text;
    const QString ending = u':' + QString::number(port);
    const QString address = text.endsWith(ending) ? text.chopped(ending.size()) : text;
    return family == Family::IPv6 && address.startsWith(u'[') ? address.sliced(1).chopped(1) : address;
}

Description descriptionOf(const ObjectTable &table, int row)
{
    const RowIdentity &identity = table.identity(row);
    const RowTexts &texts = table.texts(row);
    Description description;
    DescriptionRecord &record = description.record;
    record.subject = identity.key.subject;
    record.server = identity.server;
    record.createdAt = identity.createdAt;
    record.goneAt = identity.goneAt;
    record.descriptor = identity.descriptor;
    record.thread = identity.thread;
    record.localPort = identity.localPort;
    record.remotePort = identity.remotePort;
    record.kind = identity.kind == RowKind::Server ? SubjectKind::Server : SubjectKind::Socket;
    record.origin = identity.kind == RowKind::Accepted  ? Origin::Accepted
                    : identity.kind == RowKind::Adopted ? Origin::Adopted
                                                        : Origin::Created;
    const auto restore = [&](const QString &text, quint16 port, Family &family, QString &address) {
        for (const Family candidate : {identity.family, Family::IPv4, Family::IPv6, Family::Local}) {
            family = candidate;
            address = addressIn(text, candidate, port);
            if (endpointText(candidate, address, port) == text)
                return;
        }
    };
    restore(texts.local, record.localPort, record.localFamily, description.localAddress);
    restore(texts.remote, record.remotePort, record.remoteFamily, description.remoteAddress);
    description.name = texts.name;
    description.errorMessage = texts.error;
    description.counters = table.counters(row);
    description.counters.subject = identity.key.subject;
    description.counters.kind = record.kind;
    return description;
}

SessionState::SessionState(const Records &records, Scope scope)
    : m_records(records),
      m_now(records.objects.clock().now()),
      m_scope(scope)
{
    const ObjectTable &table = records.objects;
    std::map<quint32, Process> processes;
    for (int row = 0; row < table.size(); ++row) {
        const RowIdentity &identity = table.identity(row);
        const bool belongs = scope == Scope::All ? identity.life != RowLife::Free : table.isShown(row);
        if (!belongs || identity.key.isListener())
            continue;
        Process &process = processes[identity.key.process];
        process.number = identity.key.process;
        if (identity.kind == RowKind::Process)
            process.row = row;
        else
            process.rows.push_back(row);
    }
    for (auto &[number, process] : processes) {
        if (process.row >= 0)
            m_processes.push_back(std::move(process));
    }
}

SessionHead SessionState::headOf(const Records &records, bool live)
{
    const WallClock &clock = records.objects.clock();
    const qint64 now = clock.now();
    return {.software = u"net-inspector "_s + QCoreApplication::applicationVersion(),
            .host = QSysInfo::machineHostName(),
            .monotonic = now,
            .realtime = now + clock.epoch(),
            .live = live};
}

QByteArray SessionState::greeting(const Process &process) const
{
    const ObjectTable &table = m_records.objects;
    const RowIdentity &identity = table.identity(process.row);
    Hello hello;
    hello.side = Side::Agent;
    hello.version = newestVersion;
    hello.rights = Observe | SeePayload;
    hello.pid = identity.pid;
    hello.name = table.texts(process.row).name;
    hello.monotonic = m_now;
    hello.realtime = m_now + table.clock().epoch();
    hello.parent = identity.parentPid;
    hello.worker = identity.worker;
    QByteArray bytes;
    encode(bytes, hello);
    return bytes;
}

bool SessionState::hasEvents(quint32 process) const
{
    const EventLog &events = m_records.events;
    for (quint64 number = events.begin(); number < events.end();) {
        const std::span<const LogRecord> run = events.run(number);
        if (std::ranges::any_of(run, [process](const LogRecord &event) { return event.process == process; }))
            return true;
        number += run.size();
    }
    return false;
}

void SessionState::writeProcesses(SessionFileWriter &writer, QSet<quint32> &known) const
{
    const ObjectTable &table = m_records.objects;
    for (const Process &process : m_processes) {
        if (known.contains(process.number))
            continue;
        known.insert(process.number);
        const RowIdentity &identity = table.identity(process.row);
        const qint64 startTime = (identity.createdAt + table.clock().epoch()) / 1'000'000;
        writer.appendCard(process.number, m_now,
                          {.pid = identity.pid,
                           .name = table.texts(process.row).name,
                           .startTime = startTime,
                           .parent = identity.parentPid});
        // Nobody has ever spoken with it; with one from which we have detached, somebody has.
        const bool silent = process.rows.empty() && identity.life == RowLife::Live &&
                            table.counters(process.row).state == State::Idle && !hasEvents(process.number);
        if (!silent)
            writer.appendFrames(process.number, m_now, greeting(process), conversationFlag);
    }
}

void SessionState::writeObjects(SessionFileWriter &writer) const
{
    for (const Process &process : m_processes) {
        std::vector<Description> descriptions;
        descriptions.reserve(process.rows.size());
        for (const int row : process.rows)
            descriptions.push_back(descriptionOf(m_records.objects, row));
        QByteArray bytes;
        encode(bytes, SnapshotBegin{.serial = 1, .subjects = static_cast<quint32>(descriptions.size()), .time = m_now});
        encode(bytes, descriptions, m_now);
        encode(bytes, SnapshotEnd{.serial = 1, .reserved = 0, .time = m_now});
        writer.appendFrames(process.number, m_now, bytes);
    }
}

void SessionState::writeStacks(SessionFileWriter &writer) const
{
    const CallStacks &stacks = m_records.stacks;
    for (const Process &process : m_processes) {
        std::vector<StackRecord> calls;
        for (const int row : process.rows) {
            const auto made = stacks.callsOf(m_records.objects.identity(row).key);
            calls.insert(calls.end(), made.begin(), made.end());
        }
        if (calls.empty())
            continue;
        QByteArray bytes;
        encode(bytes, stacks.modulesOf(process.number), m_now);
        QSet<quint32> written;
        for (const StackRecord &call : calls) {
            if (written.contains(call.stack))
                continue;
            written.insert(call.stack);
            encode(bytes, stacks.framesOf(process.number, call.stack), m_now);
        }
        encode(bytes, std::span<const StackRecord>(calls), m_now);
        writer.appendFrames(process.number, m_now, bytes);
    }
}

void SessionState::writeSums(SessionFileWriter &writer) const
{
    const ObjectTable &table = m_records.objects;
    const auto sumOf = [&](int row) {
        const CounterRecord &counters = table.counters(row);
        const RowTold &told = table.told(row);
        SumRecord sum{.subject = table.identity(row).key.subject,
                      .received = counters.received,
                      .sent = counters.sent,
                      .dataLost = told.dataLost,
                      .lastActivity = counters.lastActivity,
                      .lateWrites = told.lateWrites,
                      .slowestSlot = static_cast<quint32>(
                          std::min<qint64>(told.slowestSlot / 1000, std::numeric_limits<quint32>::max()))};
        // Where a recording goes on, the rates will be those of what goes on.
        if (m_scope == Scope::All) {
            sum.in = table.rates(row).in;
            sum.out = table.rates(row).out;
        }
        return sum;
    };
    for (const Process &process : m_processes) {
        QList<SumRecord> sums{sumOf(process.row)};
        const auto write = [&] {
            if (!sums.isEmpty())
                writer.append(EntryKind::Sums, process.number, m_now, encodeSums(sums));
            sums.clear();
        };
        for (const int row : process.rows) {
            const bool differs = !isSocket(table.identity(row).kind) || table.told(row).dataLost ||
                                 table.told(row).lateWrites || table.told(row).slowestSlot || table.rates(row).in > 0 ||
                                 table.rates(row).out > 0;
            if (differs)
                sums.append(sumOf(row));
            if (sums.size() == 4096)
                write();
        }
        write();
    }
}

void SessionState::writeEnds(SessionFileWriter &writer) const
{
    for (const Process &process : m_processes) {
        if (m_records.objects.identity(process.row).life == RowLife::Live)
            continue;
        const qint64 at = m_records.objects.marks(process.row).closedAt;
        writer.append(EntryKind::Gone, process.number, m_now,
                      QByteArrayView(reinterpret_cast<const char *>(&at), sizeof at));
    }
}

} // namespace inspector
