#include "libnet/cluster/channelframe.h"
#include "libnet/cluster/handlechannel.h"
#include "tests/cluster/footprint.h"
#include "tests/support/waiting.h"

#include <QCborArray>
#include <QTemporaryDir>

#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using net::ChannelMessage;
using net::Descriptor;
using net::HandleChannel;

namespace {

/// One end, and what comes there.
class End : private HandleChannel::Owner
{
public:
    explicit End(Descriptor descriptor) { channel.reset(new HandleChannel(*this, std::move(descriptor))); }

    std::unique_ptr<HandleChannel> channel;
    QStringList events;
    std::vector<net::SharedDescriptor> handles;
    bool keepsHandles = true;

private:
    void received(ChannelMessage message) override
    {
        events.append(message.value.toVariant().toString() + (message.handle ? u"+"_s : QString()));
        if (message.handle && keepsHandles)
            handles.push_back(message.handle);
    }
    void handleLost(const ChannelMessage &message) override
    {
        events.append(u"lost "_s + message.value.toVariant().toString());
    }
    void garbled() override { events.append(u"garbled"_s); }
    void drained() override { events.append(u"drained"_s); }
    void disconnected() override { events.append(u"disconnected"_s); }
};

net::SharedDescriptor someFile()
{
    return std::make_shared<Descriptor>(net::socketops::openSpare());
}

} // namespace

/// One end of a channel against another, and against a stranger who keeps to no rules.
class tst_Channel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void messagesArriveInOrder();
    void whatIsSentAfterAHandleArrivesAfterIt();
    void handlesInBothDirectionsDoNotWaitForEachOther();
    void thousandsOfHandlesArriveAndNoneIsLeft();
    void whoSendsTooMuchIsTold();
    void whatIsTooLargeIsRefusedWithAnError();
    void whatIsTooHeavyOnceReadIsRefusedWithAnError();
    void answersThatNobodyTakesCloseTheChannel();
    void theLargestMessageArrives();
    void oneByteAtATimeIsEnough();
    void descriptorsThatNobodyHasAnnouncedAreClosed();
    void severalDescriptorsWithOneMessageAreClosedButOne();
    void aLostHandleIsSentAgainAndThenItsMessageAlone();
    void hostileBytesCloseTheChannel_data();
    void hostileBytesCloseTheChannel();
    void whatWasSentBeforeTheEndIsReceived();
    void disconnectingWaitsForWhatIsQueued();
    void unsentMessagesAreReportedAtTheEnd();

private:
    void connectStranger();
    bool sendRaw(const QByteArray &bytes, std::initializer_list<int> handles = {});

    std::unique_ptr<End> m_one;
    std::unique_ptr<End> m_other;
    Descriptor m_stranger;  ///< in the place of m_other
    QTemporaryDir m_folder; ///< what is written to the folder that we work in is written here
    test::Footprint m_before;
};

void tst_Channel::init()
{
    // The reactor of the thread is there for good.
    net::Reactor::current();
    QVERIFY(QDir::setCurrent(m_folder.path()));
    m_before = test::Footprint::now(m_folder.path());
    Descriptor one;
    Descriptor other;
    QCOMPARE(net::socketops::openChannel(one, other), 0);
    m_one = std::make_unique<End>(std::move(one));
    m_other = std::make_unique<End>(std::move(other));
}

void tst_Channel::cleanup()
{
    m_one.reset();
    m_other.reset();
    m_stranger.reset();
    QCOMPARE(test::Footprint::now(m_folder.path()).text(), m_before.text());
}

void tst_Channel::connectStranger()
{
    m_one.reset();
    m_other.reset();
    Descriptor one;
    QCOMPARE(net::socketops::openChannel(one, m_stranger), 0);
    m_one = std::make_unique<End>(std::move(one));
}

bool tst_Channel::sendRaw(const QByteArray &bytes, std::initializer_list<int> handles)
{
    iovec piece = {const_cast<char *>(bytes.constData()), size_t(bytes.size())};
    msghdr message = {};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    QByteArray control(qsizetype(CMSG_SPACE(handles.size() * sizeof(int))), '\0');
    if (handles.size()) {
        message.msg_control = control.data();
        message.msg_controllen = size_t(control.size());
        cmsghdr *const header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(handles.size() * sizeof(int));
        std::copy(handles.begin(), handles.end(), reinterpret_cast<int *>(CMSG_DATA(header)));
    }
    return ::sendmsg(m_stranger.get(), &message, MSG_NOSIGNAL) == bytes.size();
}

void tst_Channel::messagesArriveInOrder()
{
    QStringList expected;
    for (int i = 0; i < 500; ++i) {
        m_one->channel->send({.value = i});
        expected.append(QString::number(i));
    }
    WAIT_FOR(m_other->events.size() >= 500);
    QCOMPARE(m_other->events, expected);
}

void tst_Channel::whatIsSentAfterAHandleArrivesAfterIt()
{
    for (int i = 0; i < 20; ++i)
        m_one->channel->send({.value = i, .handle = i % 3 ? nullptr : someFile()});
    WAIT_FOR(m_other->events.size() >= 20);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(m_other->events.at(i), QString::number(i) + (i % 3 ? QString() : u"+"_s));
    m_other->handles.clear();
}

void tst_Channel::handlesInBothDirectionsDoNotWaitForEachOther()
{
    for (int i = 0; i < 50; ++i) {
        m_one->channel->send({.value = i, .handle = someFile()});
        m_other->channel->send({.value = i, .handle = someFile()});
    }
    WAIT_FOR(m_other->handles.size() == 50 && m_one->handles.size() == 50);
}

void tst_Channel::thousandsOfHandlesArriveAndNoneIsLeft()
{
    m_other->keepsHandles = false;
    const net::SharedDescriptor file = someFile();
    for (int i = 0; i < 5000; ++i)
        m_one->channel->send({.value = i, .handle = file});
    WAIT_FOR(m_other->events.size() >= 5000);
    for (int i = 0; i < 5000; ++i)
        QCOMPARE(m_other->events.at(i), QString::number(i) + u'+');
    QVERIFY(!m_one->events.contains(u"lost"_s));
}

void tst_Channel::whoSendsTooMuchIsTold()
{
    const QByteArray block(50'000, 'x');
    int sent = 0;
    while (m_one->channel->send({.value = block}))
        QVERIFY(++sent < 100);
    QVERIFY(m_one->channel->queued() >= HandleChannel::HighWaterMark);
    WAIT_FOR(m_one->events.contains(u"drained"_s));
    QCOMPARE(m_one->channel->queued(), 0);
    WAIT_FOR(m_other->events.size() == sent + 1);
}

void tst_Channel::whatIsTooLargeIsRefusedWithAnError()
{
    QString code;
    m_one->channel->send({.value = QByteArray(HandleChannel::LargestMessage + 1, 'x')},
                         [&code](const net::Error &error) { code = error.code(); });
    WAIT_FOR(!code.isEmpty());
    QCOMPARE(code, u"EMSGSIZE"_s);
    // And nothing else has come to harm.
    m_one->channel->send({.value = QByteArray(HandleChannel::LargestMessage - 100, 'x')});
    m_one->channel->send({.value = u"after"_s});
    WAIT_FOR(m_other->events.size() == 2);
    QCOMPARE(m_other->events.last(), u"after"_s);
}

void tst_Channel::whatIsTooHeavyOnceReadIsRefusedWithAnError()
{
    const auto zeros = [](qsizetype number) {
        QCborArray array;
        for (qsizetype i = 0; i < number; ++i)
            array.append(0);
        return array;
    };
    QStringList codes;
    const auto note = [&codes](const net::Error &error) {
        codes.append(error.code());
    };
    // The array, the map and the array around both.
    constexpr qsizetype Most = (HandleChannel::HeaviestMessage - qsizetype(3) * (128 + 16)) / 16;
    m_one->channel->send({.value = zeros(Most + 1)}, note);
    m_one->channel->send({.value = zeros(Most)}, note);
    WAIT_FOR(codes.size() == 2 && m_other->events.size() == 1);
    QCOMPARE(codes, QStringList({u"EMSGSIZE"_s, QString()}));
}

void tst_Channel::answersThatNobodyTakesCloseTheChannel()
{
    connectStranger();
    const auto most = int(HandleChannel::MostAnswers);
    for (int i = 0; i < 2 * most; ++i)
        m_one->channel->send({.value = i});
    QVERIFY(m_one->channel->isConnected());
    for (int i = 0; i < most; ++i)
        m_one->channel->send({.kind = ChannelMessage::Kind::Internal, .value = i, .isAnswer = true});
    QVERIFY(m_one->channel->isConnected());
    m_one->channel->send({.kind = ChannelMessage::Kind::Internal, .value = most, .isAnswer = true});
    QVERIFY(!m_one->channel->isConnected());
    WAIT_FOR(m_one->events.contains(u"disconnected"_s));
    QCOMPARE(m_one->events.join(u' '), u"garbled disconnected"_s);
}

void tst_Channel::theLargestMessageArrives()
{
    // The array, the empty map, and the head of the bytes.
    const qsizetype largest = HandleChannel::LargestMessage - 7;
    const ChannelMessage fits = {.value = QByteArray(largest, 'x')};
    QCOMPARE(net::encoded(fits).size(), HandleChannel::LargestMessage + net::FrameHeader::Size);
    QStringList codes;
    const auto note = [&codes](const net::Error &error) {
        codes.append(error.code());
    };
    m_one->channel->send({.value = QByteArray(largest + 1, 'x')}, note);
    m_one->channel->send(fits, note);
    WAIT_FOR(codes.size() == 2 && m_other->events.size() == 1);
    QCOMPARE(codes, QStringList({u"EMSGSIZE"_s, QString()}));
    QCOMPARE(m_other->events.first().size(), largest);
}

void tst_Channel::oneByteAtATimeIsEnough()
{
    connectStranger();
    const net::SharedDescriptor file = someFile();
    const QByteArray frame = net::encoded({.value = u"slow"_s, .handle = file});
    for (qsizetype i = 0; i < frame.size(); ++i) {
        QVERIFY(i == 0 ? sendRaw(frame.left(1), {file->get()}) : sendRaw(frame.mid(i, 1)));
        test::settle();
    }
    WAIT_FOR(!m_one->events.isEmpty());
    QCOMPARE(m_one->events.join(u' '), u"slow+"_s);
    m_one->handles.clear();
}

void tst_Channel::descriptorsThatNobodyHasAnnouncedAreClosed()
{
    connectStranger();
    const int before = test::Footprint::now().descriptors;
    const net::SharedDescriptor file = someFile();
    for (int i = 0; i < 10; ++i)
        QVERIFY(sendRaw(net::encoded({.value = i}), {file->get()}));
    WAIT_FOR(m_one->events.size() == 10);
    QCOMPARE(m_one->events.join(u' '), u"0 1 2 3 4 5 6 7 8 9"_s);
    QCOMPARE(test::Footprint::now().descriptors, before + 1);
}

void tst_Channel::severalDescriptorsWithOneMessageAreClosedButOne()
{
    connectStranger();
    const int before = test::Footprint::now().descriptors;
    const net::SharedDescriptor file = someFile();
    const int fd = file->get();
    // More than there is room for, too.
    QVERIFY(sendRaw(net::encoded({.value = 1, .handle = file}), {fd, fd, fd}));
    QVERIFY(sendRaw(net::encoded({.value = 2, .handle = file}), {fd, fd, fd, fd, fd, fd, fd, fd, fd, fd, fd, fd}));
    WAIT_FOR(m_one->events.size() == 2);
    QCOMPARE(m_one->events.join(u' '), u"1+ 2+"_s);
    QCOMPARE(test::Footprint::now().descriptors, before + 1 + 2);
    m_one->handles.clear();
}

void tst_Channel::aLostHandleIsSentAgainAndThenItsMessageAlone()
{
    connectStranger();
    m_one->channel->send({.value = u"unlucky"_s, .handle = someFile()});
    m_one->channel->send({.value = u"next"_s});
    QByteArray seen;
    int handles = 0;
    for (int attempt = 0; attempt < 4; ++attempt) {
        std::vector<Descriptor> got;
        char buffer[4096];
        WAIT_FOR([&] {
            const auto result = net::socketops::receiveWithHandles(m_stranger.get(), buffer, sizeof buffer, got);
            seen.append(buffer, result.bytes);
            return !got.empty();
        }());
        ++handles;
        QVERIFY(sendRaw(net::encoded({.kind = ChannelMessage::Kind::Lost})));
    }
    WAIT_FOR(!m_one->events.isEmpty());
    QCOMPARE(m_one->events.join(u' '), u"lost unlucky"_s);
    const QByteArray rest = net::encoded({.value = u"unlucky"_s}) + net::encoded({.value = u"next"_s});
    char buffer[4096];
    std::vector<Descriptor> got;
    const auto result = net::socketops::receiveWithHandles(m_stranger.get(), buffer, sizeof buffer, got);
    QCOMPARE(QByteArray(buffer, result.bytes), rest);
    QCOMPARE(handles, 4);
    QVERIFY(got.empty());
}

void tst_Channel::hostileBytesCloseTheChannel_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray good = net::encoded({.value = 1});
    QTest::newRow("far too long") << QByteArray("\xff\xff\xff\xff\0\0", 6);
    QTest::newRow("a kind that is none") << QByteArray("\1\0\0\0\x09\0\xf6", 7);
    QTest::newRow("no array") << QByteArray("\1\0\0\0\0\0\xf6", 7);
    QTest::newRow("no CBOR") << QByteArray("\2\0\0\0\0\0\x1c\x1c", 8);
    QTest::newRow("cut") << QByteArray("\2\0\0\0\0\0\x82\xf6", 8);
    QTest::newRow("bytes after the value") << QByteArray("\3\0\0\0\0\0\x81\xf6\xf6", 9);
}

void tst_Channel::hostileBytesCloseTheChannel()
{
    QFETCH(const QByteArray, bytes);
    connectStranger();
    QVERIFY(sendRaw(net::encoded({.value = u"before"_s}) + bytes + net::encoded({.value = u"after"_s})));
    WAIT_FOR(m_one->events.contains(u"disconnected"_s));
    QCOMPARE(m_one->events.join(u' '), u"before garbled disconnected"_s);
}

void tst_Channel::whatWasSentBeforeTheEndIsReceived()
{
    for (int i = 0; i < 100; ++i)
        m_one->channel->send({.value = i});
    m_one->channel.reset();
    WAIT_FOR(m_other->events.contains(u"disconnected"_s));
    QCOMPARE(m_other->events.size(), 101);
}

void tst_Channel::disconnectingWaitsForWhatIsQueued()
{
    for (int i = 0; i < 40; ++i)
        m_one->channel->send({.value = QByteArray(50'000, 'x'), .handle = i == 20 ? someFile() : nullptr});
    m_one->channel->disconnect();
    QVERIFY(!m_one->channel->isConnected());
    QString code;
    m_one->channel->send({.value = 1}, [&code](const net::Error &error) { code = error.code(); });
    WAIT_FOR(m_one->events.contains(u"disconnected"_s) && m_other->events.contains(u"disconnected"_s));
    QCOMPARE(code, u"ERR_IPC_CHANNEL_CLOSED"_s);
    QCOMPARE(m_other->events.size(), 41);
    m_other->handles.clear();
}

void tst_Channel::unsentMessagesAreReportedAtTheEnd()
{
    connectStranger();
    QStringList codes;
    for (int i = 0; i < 40; ++i) {
        m_one->channel->send({.value = QByteArray(50'000, 'x'), .handle = i == 39 ? someFile() : nullptr},
                             [&codes](const net::Error &error) { codes.append(error.code()); });
    }
    m_stranger.reset();
    WAIT_FOR(codes.size() == 40);
    QCOMPARE(codes.last(), u"ERR_IPC_CHANNEL_CLOSED"_s);
    QCOMPARE(m_one->events.last(), u"disconnected"_s);
}

QTEST_GUILESS_MAIN(tst_Channel)
#include "tst_channel.moc"
