#include "inspector/session/dialogue.h"

#include <QCoreApplication>
#include <QPointer>

namespace inspector {

using namespace Qt::StringLiterals;
using namespace net::wire;

QByteArray Dialogue::greeting(quint32 rights)
{
    Hello hello;
    hello.side = Side::Inspector;
    hello.rights = rights;
    hello.pid = QCoreApplication::applicationPid();
    hello.name = u"net-inspector"_s;
    hello.software = u"net-inspector "_s + QCoreApplication::applicationVersion();
    QByteArray bytes;
    encode(bytes, hello);
    return bytes;
}

QByteArray Dialogue::captureRequest(quint64 subject, bool on)
{
    const CaptureRecord record{.subject = subject, .on = static_cast<quint8>(on)};
    QByteArray bytes;
    encode(bytes, std::span(&record, 1), 0);
    return bytes;
}

QByteArray Dialogue::watchRequest(const QList<WatchRecord> &wanted)
{
    QByteArray bytes;
    encode(bytes, std::span(wanted.constData(), static_cast<std::size_t>(wanted.size())), 0);
    return bytes;
}

QByteArray Dialogue::commandRequest(const Command &command)
{
    QByteArray bytes;
    encode(bytes, command);
    return bytes;
}

void Dialogue::receive(QByteArrayView bytes)
{
    if (m_failed)
        return;
    m_reader.feed(bytes);
    const QPointer<Dialogue> alive(this);
    while (const std::optional<Frame> frame = m_reader.next()) {
        const FrameType type = frame->type;
        const bool understood = take(*frame);
        if (!alive || m_failed)
            return;
        if (!understood) {
            refuse(tr("the agent sent a malformed frame (type %1)").arg(static_cast<int>(type)));
            return;
        }
        Q_EMIT took(*frame);
        if (!alive)
            return;
    }
    if (m_reader.hasError())
        refuse(tr("the agent does not speak the protocol: %1").arg(m_reader.errorString()));
}

void Dialogue::refuse(const QString &reason)
{
    m_failed = true;
    Q_EMIT failed(reason);
}

// Emits what was decoded; false if nothing was.
template <typename Value, typename Emit>
static bool pass(const std::optional<Value> &value, Emit emitValue)
{
    if (value)
        emitValue(*value);
    return value.has_value();
}

bool Dialogue::take(const Frame &frame)
{
    switch (frame.type) {
    case FrameType::Hello:
        return takeHello(frame.payload);
    case FrameType::SnapshotBegin:
        return pass(decodeSnapshotBegin(frame.payload), [this](const auto &begin) { Q_EMIT snapshotBegun(begin); });
    case FrameType::Describe:
        return pass(decodeDescribe(frame.payload), [this](const auto &batch) { Q_EMIT described(batch); });
    case FrameType::SnapshotEnd:
        return pass(decodeSnapshotEnd(frame.payload), [this](const auto &end) { Q_EMIT snapshotEnded(end); });
    case FrameType::Delta:
        return pass(decodeDelta(frame.payload), [this](const auto &batch) { Q_EMIT counted(batch); });
    case FrameType::Gone:
        return pass(decodeGone(frame.payload), [this](const auto &batch) { Q_EMIT gone(batch); });
    case FrameType::Events:
        return pass(decodeEvents(frame.payload), [this](const auto &batch) { Q_EMIT happened(batch); });
    case FrameType::Drops:
        return pass(decodeDrops(frame.payload), [this](const auto &drops) { Q_EMIT dropped(drops); });
    case FrameType::Capture:
        return pass(decodeCapture(frame.payload), [this](const auto &batch) { Q_EMIT captureChanged(batch); });
    case FrameType::Payload:
        return pass(decodePayload(frame.payload), [this](const auto &pieces) {
            for (const Payload &piece : pieces)
                Q_EMIT captured(piece);
        });
    case FrameType::Status:
        return pass(decodeStatus(frame.payload), [this](const auto &status) { Q_EMIT reported(status); });
    case FrameType::Error:
        return takeError(frame.payload);
    case FrameType::Bye:
        return pass(decodeBye(frame.payload), [this](const Bye &bye) { Q_EMIT ended(bye.reason); });
    case FrameType::CommandResult:
        return pass(decodeCommandResult(frame.payload), [this](const auto &result) { Q_EMIT answered(result); });
    case FrameType::Kernel:
        return pass(decodeKernel(frame.payload), [this](const auto &batch) { Q_EMIT toldOfKernel(batch); });
    case FrameType::Modules:
        return pass(decodeModules(frame.payload), [this](const auto &batch) { Q_EMIT toldOfModules(batch); });
    case FrameType::StackFrames:
        return pass(decodeStackFrames(frame.payload), [this](const auto &batch) { Q_EMIT toldOfFrames(batch); });
    case FrameType::Stacks:
        return pass(decodeStacks(frame.payload), [this](const auto &batch) { Q_EMIT toldOfCalls(batch); });
    case FrameType::Command:
    case FrameType::Watch:
        break;
    }
    return true;
}

bool Dialogue::takeHello(QByteArrayView payload)
{
    const std::optional<Hello> hello = decodeHello(payload);
    if (!hello || hello->side != Side::Agent || isGreeted())
        return false;
    if (hello->version < oldestVersion || hello->version > newestVersion) {
        refuse(tr("the agent speaks protocol version %1 to %2, this inspector %3 to %4")
                   .arg(hello->oldest)
                   .arg(hello->newest)
                   .arg(oldestVersion)
                   .arg(newestVersion));
        return true;
    }
    m_agent = *hello;
    m_reader.acceptAll(m_agent.version);
    Q_EMIT greeted(m_agent);
    return true;
}

bool Dialogue::takeError(QByteArrayView payload)
{
    const std::optional<Error> error = decodeError(payload);
    if (error)
        refuse(tr("the agent refused: %1").arg(error->message));
    return error.has_value();
}

} // namespace inspector
