#include "libnet/wire/messages.h"

#include "libnet/wire/frame.h"
#include "libnet/wire/intake.h"

#include <algorithm>
#include <cstring>

namespace net::wire {

namespace {

// Frames well below the caps: an inspector can show what has come while the rest is still on its way.
constexpr qsizetype comfortableFrame = 64 * 1024;
constexpr qsizetype longestText = 4096;
// The first field of every record. Smaller ones would take many times their bytes once they are read.
constexpr quint16 smallestRecord = 8;

QByteArray asUtf8(const QString &text)
{
    QByteArray utf8 = text.toUtf8();
    if (utf8.size() > longestText) {
        qsizetype end = longestText;
        while (end > 0 && (quint8(utf8.at(end)) & 0xC0) == 0x80)
            --end;
        utf8.truncate(end);
    }
    return utf8;
}

void appendText(QByteArray &out, const QString &text)
{
    const QByteArray utf8 = asUtf8(text);
    const auto size = quint16(utf8.size());
    out.append(reinterpret_cast<const char *>(&size), sizeof size);
    out.append(utf8);
}

template <typename Record>
void encodeBatch(QByteArray &out, FrameType type, quint8 flags, std::span<const Record> records, quint64 stamp,
                 quint64 stampPerRecord)
{
    constexpr std::size_t most = (comfortableFrame - sizeof(BatchHead)) / sizeof(Record);
    while (!records.empty()) {
        const auto part = records.first(std::min(most, records.size()));
        FrameWriter frame(out, type, flags);
        frame.append(BatchHead{quint32(part.size()), sizeof(Record), 0, stamp});
        frame.append(QByteArrayView(reinterpret_cast<const char *>(part.data()), qsizetype(part.size_bytes())));
        stamp += stampPerRecord * part.size();
        records = records.subspan(part.size());
    }
}

template <typename Record>
std::optional<Batch<Record>> decodeBatch(QByteArrayView payload)
{
    Intake intake(payload);
    const auto head = intake.take<BatchHead>();
    if (intake.failed() || head.recordSize < smallestRecord ||
        qsizetype(head.count) * head.recordSize != intake.remaining())
        return {};
    Batch<Record> batch{head.stamp, QList<Record>(head.count)};
    if (head.recordSize == sizeof(Record)) {
        if (head.count > 0)
            std::memcpy(batch.records.data(), intake.takeBytes(intake.remaining()).data(),
                        std::size_t(head.count) * sizeof(Record));
    } else {
        for (Record &record : batch.records)
            record = intake.take<Record>(head.recordSize);
    }
    return batch;
}

template <typename Value>
std::optional<Value> decodeFixed(QByteArrayView payload)
{
    if (payload.size() < qsizetype(sizeof(Value)))
        return {};
    return Intake(payload).take<Value>();
}

struct DescriptionHead
{
    quint32 size = 0; ///< of this entry, this head included
    quint16 recordSize = sizeof(DescriptionRecord);
    quint16 counterSize = sizeof(CounterRecord);
};

struct DropsHead
{
    DropReason reason = DropReason::Ring;
    quint8 reserved = 0;
    quint16 kinds = 0;
    quint32 subjects = 0;
    quint64 total = 0;
    quint64 elsewhere = 0;
};
static_assert(sizeof(DescriptionHead) == 8 && sizeof(DropsHead) == 24 && sizeof(Drops::Count) == 16);
static_assert(sizeof(SnapshotBegin) == 16 && sizeof(SnapshotEnd) == 16);

void appendEntry(QByteArray &out, const Description &description)
{
    const qsizetype start = out.size();
    const DescriptionHead head;
    out.append(reinterpret_cast<const char *>(&head), sizeof head);
    out.append(reinterpret_cast<const char *>(&description.record), sizeof description.record);
    out.append(reinterpret_cast<const char *>(&description.counters), sizeof description.counters);
    const quint16 texts = 4;
    out.append(reinterpret_cast<const char *>(&texts), sizeof texts);
    appendText(out, description.localAddress);
    appendText(out, description.remoteAddress);
    appendText(out, description.name);
    appendText(out, description.errorMessage);
    const auto size = quint32(out.size() - start);
    std::memcpy(out.data() + start, &size, sizeof size);
}

void appendModule(QByteArray &out, const Module &module)
{
    constexpr qsizetype longestBuildId = 64;
    const QByteArray path = asUtf8(module.path);
    const QByteArray buildId = module.buildId.left(longestBuildId);
    ModuleRecord record = module.record;
    record.pathSize = quint16(path.size());
    record.buildIdSize = quint16(buildId.size());
    out.append(reinterpret_cast<const char *>(&record), sizeof record);
    out.append(path);
    out.append(buildId);
}

std::optional<Description> takeEntry(Intake &all)
{
    const auto head = all.take<DescriptionHead>();
    Intake intake(all.takeBytes(qsizetype(head.size) - qsizetype(sizeof head)));
    Description description;
    description.record = intake.take<DescriptionRecord>(head.recordSize);
    description.counters = intake.take<CounterRecord>(head.counterSize);
    const auto texts = intake.take<quint16>();
    QString *const places[] = {&description.localAddress, &description.remoteAddress, &description.name,
                               &description.errorMessage};
    for (quint16 i = 0; i < texts && !intake.failed(); ++i) {
        const QString text = intake.takeText();
        if (i < std::size(places))
            *places[i] = text;
    }
    if (all.failed() || intake.failed() || std::min(head.recordSize, head.counterSize) < smallestRecord)
        return {};
    return description;
}

} // namespace

void encode(QByteArray &out, const SnapshotBegin &begin)
{
    FrameWriter(out, FrameType::SnapshotBegin).append(begin);
}

void encode(QByteArray &out, const SnapshotEnd &end)
{
    FrameWriter(out, FrameType::SnapshotEnd).append(end);
}

void encode(QByteArray &out, std::span<const Description> descriptions, qint64 time)
{
    while (!descriptions.empty()) {
        QByteArray entries;
        quint32 count = 0;
        while (count < descriptions.size() && entries.size() < comfortableFrame)
            appendEntry(entries, descriptions[count++]);
        FrameWriter frame(out, FrameType::Describe);
        frame.append(BatchHead{count, sizeof(DescriptionRecord), 0, quint64(time)});
        frame.append(entries);
        descriptions = descriptions.subspan(count);
    }
}

void encode(QByteArray &out, std::span<const CounterRecord> counters, qint64 time)
{
    encodeBatch(out, FrameType::Delta, 0, counters, quint64(time), 0);
}

void encode(QByteArray &out, std::span<const GoneRecord> gone, qint64 time)
{
    encodeBatch(out, FrameType::Gone, 0, gone, quint64(time), 0);
}

void encode(QByteArray &out, std::span<const EventRecord> events, quint64 firstSequence, bool history)
{
    encodeBatch(out, FrameType::Events, history ? historyFlag : 0, events, firstSequence, 1);
}

void encode(QByteArray &out, std::span<const CaptureRecord> captures, qint64 time)
{
    // The cap of this frame is the same as the comfortable size, and holds for both sides.
    encodeBatch(out, FrameType::Capture, 0, captures, quint64(time), 0);
}

void encode(QByteArray &out, std::span<const WatchRecord> watches, qint64 time)
{
    encodeBatch(out, FrameType::Watch, 0, watches, quint64(time), 0);
}

void encode(QByteArray &out, std::span<const KernelRecord> kernel, qint64 time)
{
    encodeBatch(out, FrameType::Kernel, 0, kernel, quint64(time), 0);
}

void encode(QByteArray &out, std::span<const StackRecord> stacks, qint64 time)
{
    encodeBatch(out, FrameType::Stacks, 0, stacks, quint64(time), 0);
}

void encode(QByteArray &out, std::span<const StackFrameRecord> frames, qint64 time)
{
    encodeBatch(out, FrameType::StackFrames, 0, frames, quint64(time), 0);
}

void encode(QByteArray &out, std::span<const Module> modules, qint64 time)
{
    while (!modules.empty()) {
        QByteArray entries;
        quint32 count = 0;
        while (count < modules.size() && entries.size() < comfortableFrame)
            appendModule(entries, modules[count++]);
        FrameWriter frame(out, FrameType::Modules);
        frame.append(BatchHead{count, sizeof(ModuleRecord), 0, quint64(time)});
        frame.append(entries);
        modules = modules.subspan(count);
    }
}

void encode(QByteArray &out, const Drops &drops)
{
    constexpr qsizetype most = 2048;
    const qsizetype kinds = std::min<qsizetype>(drops.kinds.size(), eventKindLimit);
    const qsizetype subjects = std::min(drops.subjects.size(), most);
    quint64 elsewhere = drops.elsewhere;
    for (qsizetype i = subjects; i < drops.subjects.size(); ++i)
        elsewhere += drops.subjects.at(i).count;
    FrameWriter frame(out, FrameType::Drops);
    frame.append(DropsHead{drops.reason, 0, quint16(kinds), quint32(subjects), drops.total, elsewhere});
    for (qsizetype i = 0; i < kinds; ++i)
        frame.append(drops.kinds.at(i));
    for (qsizetype i = 0; i < subjects; ++i)
        frame.append(drops.subjects.at(i));
}

void encode(QByteArray &out, const PayloadRecord &record, QByteArrayView bytes)
{
    constexpr qsizetype most = 512 * 1024;
    Q_ASSERT(bytes.size() <= most);
    // Small pieces come by the hundred thousand a second: their heads are written at once.
    struct Head
    {
        FrameHeader frame;
        BatchHead batch;
        PayloadRecord record;
    };
    static_assert(sizeof(Head) == sizeof(FrameHeader) + sizeof(BatchHead) + sizeof(PayloadRecord));
    const auto size = quint32(std::min(bytes.size(), most));
    Head head{
        .frame = {.size = quint32(sizeof head.batch + sizeof head.record) + size, .type = quint8(FrameType::Payload)},
        .batch = {.count = 1, .recordSize = sizeof(PayloadRecord), .stamp = quint64(record.time)},
        .record = record};
    head.record.size = size;
    out.append(reinterpret_cast<const char *>(&head), sizeof head);
    out.append(bytes.data(), size);
}

std::optional<SnapshotBegin> decodeSnapshotBegin(QByteArrayView payload)
{
    return decodeFixed<SnapshotBegin>(payload);
}

std::optional<SnapshotEnd> decodeSnapshotEnd(QByteArrayView payload)
{
    return decodeFixed<SnapshotEnd>(payload);
}

std::optional<Batch<Description>> decodeDescribe(QByteArrayView payload)
{
    Intake intake(payload);
    const auto head = intake.take<BatchHead>();
    if (intake.failed() || head.count > payload.size() / qsizetype(sizeof(DescriptionHead)))
        return {};
    Batch<Description> batch{head.stamp, {}};
    for (quint32 i = 0; i < head.count; ++i) {
        auto description = takeEntry(intake);
        if (!description)
            return {};
        batch.records.append(std::move(*description));
    }
    if (!intake.atEnd())
        return {};
    return batch;
}

std::optional<Batch<CounterRecord>> decodeDelta(QByteArrayView payload)
{
    return decodeBatch<CounterRecord>(payload);
}

std::optional<Batch<GoneRecord>> decodeGone(QByteArrayView payload)
{
    return decodeBatch<GoneRecord>(payload);
}

std::optional<Batch<EventRecord>> decodeEvents(QByteArrayView payload)
{
    return decodeBatch<EventRecord>(payload);
}

std::optional<Batch<CaptureRecord>> decodeCapture(QByteArrayView payload)
{
    return decodeBatch<CaptureRecord>(payload);
}

std::optional<Batch<WatchRecord>> decodeWatch(QByteArrayView payload)
{
    return decodeBatch<WatchRecord>(payload);
}

std::optional<Batch<KernelRecord>> decodeKernel(QByteArrayView payload)
{
    return decodeBatch<KernelRecord>(payload);
}

std::optional<Batch<StackRecord>> decodeStacks(QByteArrayView payload)
{
    return decodeBatch<StackRecord>(payload);
}

std::optional<Batch<StackFrameRecord>> decodeStackFrames(QByteArrayView payload)
{
    return decodeBatch<StackFrameRecord>(payload);
}

std::optional<Batch<Module>> decodeModules(QByteArrayView payload)
{
    Intake intake(payload);
    const auto head = intake.take<BatchHead>();
    // The sizes of what follows a record stand in it: one without them would be nothing but a number.
    if (intake.failed() || head.recordSize < sizeof(ModuleRecord) || head.count > intake.remaining() / head.recordSize)
        return {};
    Batch<Module> batch{head.stamp, {}};
    for (quint32 i = 0; i < head.count; ++i) {
        Module module;
        module.record = intake.take<ModuleRecord>(head.recordSize);
        module.path = QString::fromUtf8(intake.takeBytes(module.record.pathSize));
        module.buildId = intake.takeBytes(module.record.buildIdSize).toByteArray();
        if (intake.failed())
            return {};
        batch.records.append(std::move(module));
    }
    if (!intake.atEnd())
        return {};
    return batch;
}

std::optional<Drops> decodeDrops(QByteArrayView payload)
{
    Intake intake(payload);
    const auto head = intake.take<DropsHead>();
    const auto counts = qsizetype(head.kinds) + qsizetype(head.subjects);
    if (intake.failed() || counts * qsizetype(sizeof(Drops::Count)) != intake.remaining())
        return {};
    Drops drops{head.reason, head.total, head.elsewhere, {}, {}};
    for (quint16 i = 0; i < head.kinds; ++i)
        drops.kinds.append(intake.take<Drops::Count>());
    for (quint32 i = 0; i < head.subjects; ++i)
        drops.subjects.append(intake.take<Drops::Count>());
    return drops;
}

std::optional<QList<Payload>> decodePayload(QByteArrayView payload)
{
    Intake intake(payload);
    const auto head = intake.take<BatchHead>();
    if (intake.failed() || head.recordSize < smallestRecord || head.count > intake.remaining() / head.recordSize)
        return {};
    QList<Payload> pieces;
    for (quint32 i = 0; i < head.count; ++i) {
        Payload piece;
        piece.record = intake.take<PayloadRecord>(head.recordSize);
        piece.bytes = intake.takeBytes(piece.record.size).toByteArray();
        if (intake.failed())
            return {};
        pieces.append(std::move(piece));
    }
    if (!intake.atEnd())
        return {};
    return pieces;
}

} // namespace net::wire
