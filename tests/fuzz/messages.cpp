#include "libnet/wire/frame.h"
#include "tests/fuzz/fuzz.h"
#include "tests/wire/samples.h"

using namespace net::wire;

namespace {

// What a message takes for each byte that it came in.
constexpr qsizetype dearest = 16;

template <typename Records>
void checkSize(const std::optional<Records> &message, qsizetype payload)
{
    if (message)
        fuzz::claim(qsizetype(sizeof message->records.front()) * message->records.size() <= dearest * payload,
                    "records take little more than the bytes they came in");
}

void checkSizes(FrameType type, const QByteArray &payload)
{
    if (type == FrameType::Describe)
        checkSize(decodeDescribe(payload), payload.size());
    else if (type == FrameType::Delta)
        checkSize(decodeDelta(payload), payload.size());
    else if (type == FrameType::Gone)
        checkSize(decodeGone(payload), payload.size());
    else if (type == FrameType::Events)
        checkSize(decodeEvents(payload), payload.size());
    else if (type == FrameType::Capture)
        checkSize(decodeCapture(payload), payload.size());
    else if (type == FrameType::Watch)
        checkSize(decodeWatch(payload), payload.size());
    else if (type == FrameType::Kernel)
        checkSize(decodeKernel(payload), payload.size());
    else if (type == FrameType::Stacks)
        checkSize(decodeStacks(payload), payload.size());
    else if (type == FrameType::StackFrames)
        checkSize(decodeStackFrames(payload), payload.size());
    else if (type == FrameType::Modules)
        checkSize(decodeModules(payload), payload.size());
    else if (type == FrameType::Payload)
        fuzz::claim(qsizetype(sizeof(Payload)) * decodePayload(payload).value_or(QList<Payload>()).size() <=
                        dearest * payload.size(),
                    "pieces take little more than the bytes they came in");
}

} // namespace

/// Whatever is understood is understood the same again once it is written, and fits into the frames it is written in.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Choices choices(data, size);
    const auto type = FrameType(choices.byte() % 21);
    const quint8 flags = choices.byte();
    const QByteArray payload = choices.rest();
    const bool asks = type == FrameType::Command || type == FrameType::Watch;
    const Side sender = asks ? Side::Inspector : Side::Agent;
    if (payload.size() > maximumPayload(type, sender, newestVersion))
        return 0;

    checkSizes(type, payload);
    const QByteArray written = samples::reencoded(type, flags, payload);
    FrameReader reader(sender);
    reader.acceptAll(newestVersion);
    reader.feed(written);
    QByteArray again;
    while (const auto frame = reader.next())
        again += samples::reencoded(frame->type, frame->flags, frame->payload);
    fuzz::claim(!reader.hasError() && reader.buffered() == 0, "what is written is allowed");
    fuzz::claim(again == written, "what is written is understood the same");
    return 0;
}
