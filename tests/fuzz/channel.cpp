#include "libnet/cluster/channelframe.h"
#include "libnet/cluster/handlechannel.h"
#include "tests/fuzz/fuzz.h"

#include <QCoreApplication>
#include <QList>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

using net::ChannelMessage;
using net::Descriptor;
using net::HandleChannel;

namespace {

/// One end of a channel, and what comes there from a stranger.
class End : private HandleChannel::Owner
{
public:
    End()
    {
        Descriptor own;
        fuzz::claim(net::socketops::openChannel(own, m_stranger) == 0, "there is a channel");
        m_descriptor = own.get();
        m_channel.reset(new HandleChannel(*this, std::move(own)));
    }

    void send(const QByteArray &bytes, int handle = -1)
    {
        net::socketops::sendWithHandle(m_stranger.get(), bytes.constData(), bytes.size(), handle);
    }
    // Until everything is read, or the channel has had enough.
    void read()
    {
        int waiting = 1;
        while (m_channel->isConnected() && ioctl(m_descriptor, FIONREAD, &waiting) == 0 && waiting > 0)
            QCoreApplication::processEvents();
    }
    void end()
    {
        m_channel->finish();
        QCoreApplication::processEvents();
        fuzz::claim(m_ended == 1, "the end is told once");
    }

    QList<QByteArray> heard;

private:
    void received(ChannelMessage message) override { heard.append(net::encoded(message)); }
    void handleLost(const ChannelMessage &) override {}
    void garbled() override {}
    void drained() override {}
    void disconnected() override { ++m_ended; }

    Descriptor m_stranger;
    int m_descriptor = -1;
    int m_ended = 0;
    std::unique_ptr<HandleChannel> m_channel;
};

int nextDescriptor()
{
    const int spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(spare);
    return spare;
}

void checkFrame(const QByteArray &bytes)
{
    if (bytes.size() < net::FrameHeader::Size)
        return;
    const auto header = net::FrameHeader::read(bytes.constData());
    ChannelMessage message;
    if (!header.isValid() || !net::decode(header, bytes.mid(net::FrameHeader::Size), message))
        return;
    const QByteArray written = net::encoded(message);
    const auto second = net::FrameHeader::read(written.constData());
    ChannelMessage again;
    fuzz::claim(second.isValid() && second.bytes + net::FrameHeader::Size == written.size(), "a frame says its size");
    fuzz::claim(net::decode(second, written.mid(net::FrameHeader::Size), again), "what is written is understood");
    fuzz::claim(net::encoded(again) == written && again.kind == message.kind, "and understood the same");
}

} // namespace

/// A stranger at the other end: the same messages whole and in pieces, and no descriptor is left.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static int count = 1;
    static char name[] = "fuzz";
    static char *arguments[] = {name, nullptr};
    static QCoreApplication application(count, arguments);
    net::Reactor::current();

    fuzz::Choices choices(data, size);
    const quint8 seed = choices.byte();
    const quint8 handles = choices.byte();
    const QByteArray bytes = choices.rest();
    checkFrame(bytes);

    const int before = nextDescriptor();
    QList<QByteArray> heard;
    {
        End whole;
        whole.send(bytes);
        whole.read();
        whole.end();
        heard = whole.heard;
    }
    {
        End pieces;
        int piece = 0;
        fuzz::inPieces(bytes, seed, [&](const QByteArray &part) {
            pieces.send(part, handles >> (piece++ % 8) & 1 ? STDIN_FILENO : -1);
            pieces.read();
        });
        pieces.end();
        fuzz::claim(handles != 0 || pieces.heard == heard, "pieces give the messages of the whole");
    }
    QCoreApplication::processEvents();
    fuzz::claim(nextDescriptor() == before, "no descriptor is left");
    return 0;
}
