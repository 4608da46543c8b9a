#include "libnet/wire/frame.h"
#include "tests/fuzz/fuzz.h"

#include <vector>

using namespace net::wire;

namespace {

struct Kept
{
    FrameType type;
    quint8 flags;
    QByteArray payload;

    friend bool operator==(const Kept &, const Kept &) = default;
};

/// Everything that a reader makes of a stream.
struct Reading
{
    explicit Reading(Side sender) : m_reader(sender) {}

    void take(const QByteArray &bytes)
    {
        m_reader.feed(bytes);
        while (const auto frame = m_reader.next()) {
            frames.push_back({frame->type, frame->flags, frame->payload.toByteArray()});
            if (frame->type == FrameType::Hello)
                m_reader.acceptAll(newestVersion);
        }
        error = m_reader.errorString();
        held = m_reader.buffered();
    }

    std::vector<Kept> frames;
    QString error;
    qsizetype held = 0;

private:
    FrameReader m_reader;
};

} // namespace

/// A stream gives the same frames whole and in pieces, and the frames written again give the stream.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Choices choices(data, size);
    const Side sender = choices.byte() % 2 ? Side::Agent : Side::Inspector;
    const quint8 seed = choices.byte();
    const QByteArray stream = choices.rest();

    Reading whole(sender);
    whole.take(stream);
    Reading pieces(sender);
    fuzz::inPieces(stream, seed, [&pieces](const QByteArray &piece) {
        pieces.take(piece);
        fuzz::claim(pieces.held < qsizetype(sizeof(FrameHeader)) + 1024 * 1024, "no more than one frame is held");
    });
    fuzz::claim(whole.frames == pieces.frames, "pieces give the frames of the whole");
    fuzz::claim(whole.error == pieces.error, "pieces give the error of the whole");
    fuzz::claim(whole.error.isEmpty() || whole.held == 0, "nothing is held after an error");

    QByteArray written;
    for (const Kept &frame : whole.frames)
        FrameWriter(written, frame.type, frame.flags).append(frame.payload);
    fuzz::claim(stream.startsWith(written), "frames written again are the stream");
    fuzz::claim(!whole.error.isEmpty() || written.size() + whole.held == stream.size(), "no byte is lost");
    return 0;
}
