#include "testinspector.h"

#include "libnet/wire/peercredentials.h"

#include <QFile>
#include <QSocketNotifier>
#include <QTest>

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace net::wire;
using namespace Qt::StringLiterals;

TestInspector::TestInspector(const QString &socketPath)
{
    const QByteArray path = QFile::encodeName(socketPath);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(),
                std::min<std::size_t>(std::size_t(path.size()), sizeof address.sun_path - 1));
    m_descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        problem = u"connect: %1"_s.arg(QString::fromLocal8Bit(std::strerror(errno)));
        hangUp();
        return;
    }
    m_readable = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &TestInspector::read);
}

TestInspector::~TestInspector()
{
    hangUp();
}

Hello TestInspector::hello(quint32 rights)
{
    return {.rights = rights, .pid = ::getpid(), .name = u"test"_s, .interval = 20};
}

bool TestInspector::attach(const Hello &hello)
{
    QByteArray bytes;
    encode(bytes, hello);
    sendBytes(bytes.mid(m_hasBegun ? 1 : 0));
    return QTest::qWaitFor([this] { return snapshots > 0 || !isConnected(); }) && snapshots > 0;
}

void TestInspector::sendBytes(const QByteArray &bytes)
{
    for (qsizetype at = 0; isConnected() && at < bytes.size();) {
        const auto sent = ::send(m_descriptor, bytes.constData() + at, std::size_t(bytes.size() - at), MSG_NOSIGNAL);
        if (sent < 0)
            return; // It has hung up; what it said last is still to be read.
        at += sent;
    }
}

void TestInspector::sendWithDescriptor(int descriptor)
{
    QByteArray bytes;
    encode(bytes, hello());
    m_hasBegun = true;
    iovec piece = {bytes.data(), 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof descriptor)] = {};
    msghdr message = {};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr *const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof descriptor);
    std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    ::sendmsg(m_descriptor, &message, MSG_NOSIGNAL);
}

qsizetype TestInspector::sendWhatFits(const QByteArray &bytes)
{
    qsizetype at = 0;
    pollfd writable{.fd = m_descriptor, .events = POLLOUT, .revents = 0};
    while (at < bytes.size() && ::poll(&writable, 1, 500) > 0) {
        const auto sent =
            ::send(m_descriptor, bytes.constData() + at, std::size_t(bytes.size() - at), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0)
            break;
        at += sent;
    }
    return at;
}

void TestInspector::capture(quint64 subject, bool on)
{
    QByteArray bytes;
    const CaptureRecord record{.subject = subject, .on = quint8(on)};
    encode(bytes, std::span(&record, 1), 0);
    sendBytes(bytes);
}

void TestInspector::watch(quint64 subject, bool on)
{
    QByteArray bytes;
    const WatchRecord record{.subject = subject, .what = on ? WatchedKernel : 0u};
    encode(bytes, std::span(&record, 1), 0);
    sendBytes(bytes);
}

void TestInspector::watchStacks(bool on)
{
    QByteArray bytes;
    const WatchRecord record{.subject = everySocket, .what = on ? WatchedStacks : 0u};
    encode(bytes, std::span(&record, 1), 0);
    sendBytes(bytes);
}

CommandResult TestInspector::command(quint64 subject, const QString &verb, const QCborMap &arguments)
{
    static quint64 last = 0;
    const quint64 id = ++last;
    send(Command{.id = id, .subject = subject, .verb = verb, .arguments = arguments});
    const auto answered = [&] {
        return std::any_of(results.cbegin(), results.cend(), [id](const auto &each) { return each.id == id; });
    };
    if (!QTest::qWaitFor(answered, 10000))
        return {.id = id, .done = false, .message = u"no answer"_s};
    return *std::find_if(results.cbegin(), results.cend(), [id](const auto &each) { return each.id == id; });
}

void TestInspector::setReading(bool reading)
{
    m_readable->setEnabled(reading);
}

void TestInspector::hangUp()
{
    m_readable.reset();
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

void TestInspector::read()
{
    QByteArray bytes(64 * 1024, Qt::Uninitialized);
    const auto got = ::recv(m_descriptor, bytes.data(), std::size_t(bytes.size()), 0);
    if (got <= 0) {
        m_readable->setEnabled(false);
        m_readable.release()->deleteLater();
        hangUp();
        return;
    }
    m_reader.feed(QByteArrayView(bytes).first(got));
    while (const auto frame = m_reader.next()) {
        frames.append(frame->type);
        if (!take(*frame) && problem.isEmpty())
            problem = u"frame type %1 is malformed or out of place"_s.arg(int(frame->type));
    }
    if (m_reader.hasError() && problem.isEmpty())
        problem = m_reader.errorString();
}

bool TestInspector::take(const Frame &frame)
{
    switch (frame.type) {
    case FrameType::Hello:
        agent = decodeHello(frame.payload);
        if (agent)
            m_reader.acceptAll(agent->version);
        return agent.has_value();
    case FrameType::SnapshotBegin:
        subjects.clear();
        m_inSnapshot = true;
        return decodeSnapshotBegin(frame.payload).has_value();
    case FrameType::SnapshotEnd:
        snapshots += m_inSnapshot ? 1 : 0;
        return std::exchange(m_inSnapshot, false) && decodeSnapshotEnd(frame.payload).has_value();
    case FrameType::Describe: {
        const auto batch = decodeDescribe(frame.payload);
        for (const Description &description : batch.value_or(Batch<Description>()).records)
            subjects.insert(description.record.subject, description);
        return batch.has_value();
    }
    case FrameType::Delta: {
        const auto batch = decodeDelta(frame.payload);
        for (const CounterRecord &counters : batch.value_or(Batch<CounterRecord>()).records) {
            if (!subjects.contains(counters.subject))
                return false;
            subjects[counters.subject].counters = counters;
        }
        return batch && !m_inSnapshot;
    }
    case FrameType::Gone: {
        const auto batch = decodeGone(frame.payload);
        for (const GoneRecord &record : batch.value_or(Batch<GoneRecord>()).records) {
            if (!subjects.contains(record.subject))
                return false;
            gone.append(record.subject);
        }
        return batch && !m_inSnapshot;
    }
    case FrameType::Events: {
        const auto batch = decodeEvents(frame.payload);
        if (batch)
            takeEvents(frame, *batch);
        return batch && !m_inSnapshot && snapshots > 0;
    }
    case FrameType::Drops: {
        const auto message = decodeDrops(frame.payload);
        if (message)
            drops[message->reason] = *message;
        return message.has_value();
    }
    case FrameType::Capture: {
        const auto batch = decodeCapture(frame.payload);
        captures += batch.value_or(Batch<CaptureRecord>()).records;
        return batch.has_value();
    }
    case FrameType::Payload: {
        const auto pieces = decodePayload(frame.payload);
        payload += pieces.value_or(QList<Payload>());
        return pieces.has_value();
    }
    case FrameType::Status: {
        const auto message = decodeStatus(frame.payload);
        status = message.value_or(Status());
        ++statuses;
        return message.has_value();
    }
    case FrameType::Error:
        error = decodeError(frame.payload);
        return error.has_value();
    case FrameType::Bye:
        bye = decodeBye(frame.payload);
        return bye.has_value();
    case FrameType::CommandResult: {
        const auto result = decodeCommandResult(frame.payload);
        results += result.value_or(CommandResult());
        return result.has_value();
    }
    case FrameType::Kernel: {
        const auto batch = decodeKernel(frame.payload);
        kernel += batch.value_or(Batch<KernelRecord>());
        return batch && !m_inSnapshot;
    }
    case FrameType::Modules: {
        const auto batch = decodeModules(frame.payload);
        for (const Module &module : batch.value_or(Batch<Module>()).records)
            modules.insert(module.record.module, module);
        return batch.has_value();
    }
    case FrameType::StackFrames: {
        const auto batch = decodeStackFrames(frame.payload);
        for (const StackFrameRecord &record : batch.value_or(Batch<StackFrameRecord>()).records) {
            if (record.position != stacks[record.stack].size() ||
                (record.module != 0 && !modules.contains(record.module)))
                return false;
            stacks[record.stack].append(record);
        }
        return batch.has_value();
    }
    case FrameType::Stacks: {
        const auto batch = decodeStacks(frame.payload);
        for (const StackRecord &record : batch.value_or(Batch<StackRecord>()).records) {
            if (!subjects.contains(record.subject) || (record.stack != 0 && !stacks.contains(record.stack)))
                return false;
            calls.append(record);
        }
        return batch.has_value();
    }
    case FrameType::Command:
    case FrameType::Watch:
        break;
    }
    return false;
}

void TestInspector::takeEvents(const Frame &frame, const Batch<EventRecord> &batch)
{
    if (!firstNumber)
        firstNumber = nextNumber = batch.stamp;
    missedNumbers += batch.stamp - nextNumber;
    nextNumber = batch.stamp + quint64(batch.records.size());
    if (frame.flags & historyFlag)
        historyEvents += quint64(batch.records.size());
    if (keepsEvents)
        events += batch.records;
}

quint64 TestInspector::idOf(const QString &name)
{
    quint64 found = 0;
    const auto isThere = [&] {
        for (const Description &subject : std::as_const(subjects)) {
            if (subject.name == name && subject.record.goneAt == 0 && !gone.contains(subject.record.subject))
                found = subject.record.subject;
        }
        return found != 0;
    };
    return QTest::qWaitFor(isThere) ? found : 0;
}

quint64 TestInspector::eventsOf(quint64 subject) const
{
    return quint64(std::count_if(events.begin(), events.end(),
                                 [subject](const EventRecord &event) { return event.subject == subject; }));
}

QList<EventKind> TestInspector::kindsOf(quint64 subject) const
{
    QList<EventKind> kinds;
    for (const EventRecord &event : events) {
        if (event.subject == subject)
            kinds.append(event.kind);
    }
    return kinds;
}

QByteArray TestInspector::stream(quint64 subject, Direction direction) const
{
    QByteArray bytes;
    std::optional<quint64> next;
    for (const Payload &piece : payload) {
        if (piece.record.subject != subject || piece.record.direction != direction)
            continue;
        if (next.value_or(piece.record.offset) != piece.record.offset)
            break;
        next = piece.record.offset + piece.record.streamSize;
        bytes += piece.bytes;
    }
    return bytes;
}

bool TestInspector::everyEventIsAccountedFor() const
{
    return statuses > 0 &&
           status.emitted ==
               status.ringDropped + status.beforeAttach + status.delivered + status.linkDropped + status.pending &&
           status.delivered == nextNumber - firstNumber.value_or(0) - missedNumbers &&
           missedNumbers <= status.linkDropped;
}
