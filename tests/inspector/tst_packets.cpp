#include "inspector/exports/packets.h"
#include "packetfile.h"
#include "scene.h"

#include <QBuffer>
#include <QSet>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

Payload piece(quint64 subject, Direction direction, quint64 offset, const QByteArray &bytes, qint64 time)
{
    Payload payload;
    payload.record.subject = subject;
    payload.record.direction = direction;
    payload.record.offset = offset;
    payload.record.time = time;
    payload.record.size = payload.record.streamSize = quint32(bytes.size());
    payload.bytes = bytes;
    return payload;
}

} // namespace

/// Conversations as packets, read back.
class tst_Packets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bothSidesAreThereInOrder();
    void missingBytesLeaveAHole();
    void holesAtBothEndsAreHoles();
    void redactedPiecesShiftNothing();
    void anAddressThatIsUsedAgainIsAnotherConversation();
    void onlyChosenRowsAreWritten();
    void largePiecesAreCut();
    void localSocketsGetAddresses();
    void everyPathHasAnEndOfItsOwn();
    void longRemarksEndAtACharacter();
    void twoEndsAreOneConversation();
    void eachDirectionIsToldByTheEndThatKnowsMoreOfIt();
    void whoHasClosedIsNoTwinOfWhoComesLater();
    void whatWasNeverOpenIsLeftOutAndCounted();
    void whoHasNoAddressIsNotLocalForThat();
    void whatNobodyCapturedIsCounted();
};

static PacketFile written(const Records &records, PacketAccount *account = nullptr)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    Packets packets(records, buffer, 1'000'000'000);
    while (packets.writeNext())
        ;
    if (account)
        *account = packets.account();
    return PacketFile(buffer.data());
}

/// A server's connection from port 1000 to 8124, which has moved so much.
static void addAccepted(QuietSession &quiet, quint64 received, quint64 sent)
{
    quiet.addProcess(1, u"demo"_s, 4711);
    quiet.add(1, Scene::server(1, u"echo"_s, 8124));
    const Description accepted = Scene::accepted(2, 1, 1000);
    quiet.add(1, accepted);
    quiet.count(1, Scene::counters(accepted, received, sent));
}

void tst_Packets::bothSidesAreThereInOrder()
{
    QuietSession quiet;
    addAccepted(quiet, 9, 5);
    quiet.session.records().payloads.append({1, 2}, piece(2, Direction::Received, 0, "hello", 10));
    quiet.session.records().payloads.append({1, 2}, piece(2, Direction::Sent, 0, "HELLO", 20));
    quiet.session.records().payloads.append({1, 2}, piece(2, Direction::Received, 5, " bye", 30));
    PacketAccount account;
    const PacketFile file = written(quiet.session.records(), &account);
    QCOMPARE(account.conversations, 1);
    QCOMPARE(account.received, 9u);
    QCOMPARE(account.sent, 5u);
    QCOMPARE(account.receivedMissing + account.sentMissing, 0u);
    QCOMPARE(file.stream(1000), "hello bye");
    QCOMPARE(file.stream(8124), "HELLO");
    QCOMPARE(file.segments.constFirst().flags, quint8(2)); // the client's SYN
    QCOMPARE(file.segments.constFirst().from, quint16(1000));
}

void tst_Packets::missingBytesLeaveAHole()
{
    QuietSession quiet;
    addAccepted(quiet, 12, 0);
    quiet.session.records().payloads.append({1, 2}, piece(2, Direction::Received, 0, "abc", 10));
    quiet.session.records().payloads.append({1, 2}, piece(2, Direction::Received, 8, "ijkl", 20));
    PacketAccount account;
    const PacketFile file = written(quiet.session.records(), &account);
    QCOMPARE(file.stream(1000), "abc?????ijkl");
    QCOMPARE(account.receivedMissing, 5u);
    QCOMPARE(account.sentMissing, 0u);
    QVERIFY(!file.comments.filter(u"5 bytes before this were not captured"_s).isEmpty());
}

// Capturing began late and ended early: sequence numbers say so.
void tst_Packets::holesAtBothEndsAreHoles()
{
    QuietSession quiet;
    addAccepted(quiet, 20, 7);
    quiet.session.records().payloads.append({1, 2}, piece(2, Direction::Received, 4, "late", 10));
    quiet.objects().close(quiet.objects().find({1, 2}), 50, 50);
    const PacketFile file = written(quiet.session.records());
    QCOMPARE(file.stream(1000), "????late");
    QList<quint32> ends;
    for (const PacketFile::Segment &segment : file.segments) {
        if (segment.flags & 1)
            ends.append(segment.sequence);
    }
    QCOMPARE(ends, (QList<quint32>{21, 8})); // behind all that was received and sent
}

void tst_Packets::redactedPiecesShiftNothing()
{
    QuietSession quiet;
    addAccepted(quiet, 12, 0);
    Payload shorter = piece(2, Direction::Received, 0, "xx", 10);
    Payload longer = piece(2, Direction::Received, 4, "yyyyyyyyy", 20);
    shorter.record.streamSize = longer.record.streamSize = 4;
    shorter.record.redacted = longer.record.redacted = 1;
    for (const Payload &payload : {shorter, longer, piece(2, Direction::Received, 8, "last", 30)})
        quiet.session.records().payloads.append({1, 2}, payload);
    QCOMPARE(written(quiet.session.records()).stream(1000), "xx??yyyylast");
}

void tst_Packets::anAddressThatIsUsedAgainIsAnotherConversation()
{
    QuietSession quiet;
    addAccepted(quiet, 3, 0);
    quiet.objects().close(quiet.objects().find({1, 2}), 50, 50);
    Description second = Scene::accepted(3, 1, 1000);
    second.record.createdAt = 60;
    quiet.add(1, second);
    quiet.count(1, Scene::counters(second, 3, 0));
    quiet.session.records().payloads.append({1, 2}, piece(2, Direction::Received, 0, "one", 10));
    quiet.session.records().payloads.append({1, 3}, piece(3, Direction::Received, 0, "two", 70));
    PacketAccount account;
    const PacketFile file = written(quiet.session.records(), &account);
    QCOMPARE(account.conversations, 2);
    QCOMPARE(account.twins, 0);
    QCOMPARE(account.received, 6u);
}

void tst_Packets::onlyChosenRowsAreWritten()
{
    QuietSession quiet;
    addAccepted(quiet, 3, 0);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    Packets packets(quiet.session.records(), buffer, 0, [](int) { return false; });
    while (packets.writeNext())
        ;
    QCOMPARE(packets.account().conversations, 0);
}

void tst_Packets::largePiecesAreCut()
{
    QuietSession quiet;
    addAccepted(quiet, 200'000, 0);
    QByteArray content(200'000, 'x');
    content[100'000] = 'y';
    quiet.session.records().payloads.append({1, 2}, piece(2, Direction::Received, 0, content, 10));
    const PacketFile file = written(quiet.session.records());
    QCOMPARE(file.stream(1000), content);
    for (const PacketFile::Segment &segment : file.segments)
        QVERIFY(segment.bytes.size() < 65'000); // an IP packet takes no more
}

void tst_Packets::localSocketsGetAddresses()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    Description client = Scene::client(2, u"c"_s, 80);
    client.record.localFamily = client.record.remoteFamily = Family::Local;
    client.record.localPort = client.record.remotePort = 0;
    client.localAddress.clear();
    client.remoteAddress = u"/tmp/some.sock"_s;
    quiet.add(1, client);
    quiet.count(1, Scene::counters(client, 0, 4));
    quiet.session.records().payloads.append({1, 2}, piece(2, Direction::Sent, 0, "over", 10));
    const PacketFile file = written(quiet.session.records());
    QCOMPARE(file.stream(40000), "over");
    QVERIFY(!file.comments.filter(u"/tmp/some.sock"_s).isEmpty());
}

// More paths than one address has ports.
void tst_Packets::everyPathHasAnEndOfItsOwn()
{
    constexpr int count = 65'540;
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    for (int i = 0; i < count; ++i) {
        Description client = Scene::client(quint64(i) + 2, u"c"_s, 80);
        client.record.localFamily = client.record.remoteFamily = Family::Local;
        client.localAddress.clear();
        client.remoteAddress = u"/tmp/%1.sock"_s.arg(i);
        quiet.add(1, client);
    }
    QSet<std::pair<quint32, quint16>> answerers;
    const PacketFile file = written(quiet.session.records());
    for (const PacketFile::Segment &segment : file.segments) {
        if (segment.flags == 0x12) // the answerer's SYN and ACK
            answerers.insert({segment.address, segment.from});
    }
    QCOMPARE(answerers.size(), count);
    QVERIFY(answerers.contains({0x7f630001, 1}));
    QVERIFY(answerers.contains({0x7f630002, 5}));
}

void tst_Packets::longRemarksEndAtACharacter()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    quiet.add(1, Scene::client(2, QString(40'000, u'\u00e4'), 80)); // two bytes each, and 65,535 is odd
    const PacketFile file = written(quiet.session.records());
    QCOMPARE(file.comments.value(0), QString(32'767, u'\u00e4'));
}

/// The other end of what addAccepted() adds, as a socket of the same process.
static Description twinOf(QuietSession &quiet, quint64 id)
{
    Description client = Scene::client(id, u"c"_s, 8124);
    client.localAddress = u"10.0.0.7"_s;
    client.record.localPort = 1000;
    client.remoteAddress = u"127.0.0.1"_s;
    quiet.add(1, client);
    return client;
}

void tst_Packets::twoEndsAreOneConversation()
{
    QuietSession quiet;
    addAccepted(quiet, 5, 0);
    twinOf(quiet, 3);
    QCOMPARE(quiet.objects().texts(quiet.objects().find({1, 3})).local,
             quiet.objects().texts(quiet.objects().find({1, 2})).remote);
    quiet.session.records().payloads.append({1, 2}, piece(2, Direction::Received, 0, "hello", 10));
    quiet.session.records().payloads.append({1, 3}, piece(3, Direction::Sent, 0, "hello", 9));
    PacketAccount account;
    const PacketFile file = written(quiet.session.records(), &account);
    QCOMPARE(account.conversations, 1);
    QCOMPARE(account.twins, 1);
    QCOMPARE(file.stream(1000), "hello");
}

// Sockets of others are heard only at the end that receives.
void tst_Packets::eachDirectionIsToldByTheEndThatKnowsMoreOfIt()
{
    QuietSession quiet;
    addAccepted(quiet, 9, 5);
    quiet.count(1, Scene::counters(twinOf(quiet, 3), 5, 12)); // three bytes are on their way
    PayloadStore &payloads = quiet.session.records().payloads;
    payloads.append({1, 2}, piece(2, Direction::Received, 0, "hello", 10));
    payloads.append({1, 3}, piece(3, Direction::Received, 0, "HEL", 20));
    payloads.append({1, 2}, piece(2, Direction::Received, 5, " bye", 30));
    payloads.append({1, 3}, piece(3, Direction::Received, 3, "LO", 40));
    PacketAccount account;
    const PacketFile file = written(quiet.session.records(), &account);
    QCOMPARE(account.conversations, 1);
    QCOMPARE(account.twins, 1);
    QCOMPARE(account.received, 9u);
    QCOMPARE(account.sent, 5u);
    QCOMPARE(account.receivedMissing, 3u);
    QCOMPARE(account.sentMissing, 0u);
    QStringList said;
    for (const PacketFile::Segment &segment : file.segments) {
        if (!segment.bytes.isEmpty())
            said += u"%1 %2"_s.arg(segment.from).arg(QLatin1StringView(segment.bytes));
    }
    QCOMPARE(said, (QStringList{u"1000 hello"_s, u"8124 HEL"_s, u"1000  bye"_s, u"8124 LO"_s}));
}

// The object of a closed connection may be there for long, while the system uses its port again.
void tst_Packets::whoHasClosedIsNoTwinOfWhoComesLater()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    quiet.add(1, Scene::server(1, u"echo"_s, 8124));
    Description client = twinOf(quiet, 3);
    client.counters.state = State::Closed;
    quiet.count(1, Scene::counters(client, 0, 3));
    Description accepted = Scene::accepted(2, 1, 1000);
    accepted.record.createdAt = quiet.objects().marks(quiet.objects().find({1, 3})).closedAt + 1;
    quiet.add(1, accepted);
    PacketAccount account;
    written(quiet.session.records(), &account);
    QCOMPARE(account.conversations, 2);
    QCOMPARE(account.twins, 0);
}

/// A socket of which only that end is known to which it wanted.
static void addUnconnected(QuietSession &quiet, quint64 id, Family family, State state)
{
    Description client = Scene::client(id, u"c"_s, family == Family::Local ? 0 : 80, state);
    client.record.localFamily = client.record.remoteFamily = family;
    client.record.localPort = 0;
    client.localAddress.clear();
    client.remoteAddress = family == Family::Local ? u"/run/nobody"_s : u"127.0.0.1"_s;
    quiet.add(1, client);
}

void tst_Packets::whatWasNeverOpenIsLeftOutAndCounted()
{
    QuietSession quiet;
    addAccepted(quiet, 1, 0);
    quiet.add(1, Scene::client(3, u"silent"_s, 80, State::Closed)); // it has a port
    addUnconnected(quiet, 4, Family::IPv4, State::Closed);
    addUnconnected(quiet, 5, Family::IPv4, State::Connecting);
    addUnconnected(quiet, 6, Family::IPv6, State::Idle);
    // Of local ones events tell, if it is known how they began.
    for (const quint64 id : {7, 8, 9})
        addUnconnected(quiet, id, Family::Local, State::Closed);
    quiet.happen(1, {Scene::event(7, EventKind::Opened), Scene::event(8, EventKind::Opened),
                     Scene::event(9, EventKind::Opened, 0, 1), Scene::event(8, EventKind::Connected)});
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    Packets packets(quiet.session.records(), buffer, 0);
    while (packets.writeNext())
        ;
    QCOMPARE(packets.account().neverOpen, 4); // 4, 5, 6, 7
    QCOMPARE(packets.account().conversations, 4);
    QVERIFY2(packets.summary().contains(u"; 4 that never were open left out"_s), qPrintable(packets.summary()));
}

// A peer that has reset its connection before it was accepted can't be asked any more.
void tst_Packets::whoHasNoAddressIsNotLocalForThat()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    addUnconnected(quiet, 2, Family::IPv4, State::Open);
    addUnconnected(quiet, 3, Family::Local, State::Open);
    const PacketFile file = written(quiet.session.records());
    QCOMPARE(file.comments, (QStringList{u"c; 127.0.0.1:80; the addresses are made up, of one end none is known"_s,
                                         u"c; local socket /run/nobody; the addresses are made up"_s}));
}

void tst_Packets::whatNobodyCapturedIsCounted()
{
    QuietSession quiet;
    addAccepted(quiet, 100, 23);
    PacketAccount account;
    const PacketFile file = written(quiet.session.records(), &account);
    QCOMPARE(account.conversations, 1);
    QCOMPARE(account.receivedMissing, 100u);
    QCOMPARE(account.sentMissing, 23u);
    QVERIFY2(file.comments.value(0).contains(u"100 and 23 of them were not captured"_s),
             qPrintable(file.comments.join(u'\n')));
}

QTEST_GUILESS_MAIN(tst_Packets)
#include "tst_packets.moc"
