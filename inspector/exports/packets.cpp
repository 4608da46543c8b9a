#include "inspector/exports/packets.h"

#include "inspector/exports/tcpscript.h"

#include <QCoreApplication>
#include <QHash>
#include <QMultiHash>

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::Direction;
using Side = TcpScript::Side;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Packets)
};

std::optional<PacketEnd> parseEnd(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon < 0)
        return {};
    QString address = text.first(colon);
    if (address.startsWith(u'[') && address.endsWith(u']'))
        address = address.sliced(1, address.size() - 2);
    address = address.section(u'%', 0, 0);
    PacketEnd end{QHostAddress(address), text.sliced(colon + 1).toUShort()};
    return end.address.isNull() ? std::nullopt : std::optional(end);
}

/// A socket whose conversation is played.
struct Conversation
{
    int row = -1;
    const PayloadLog *log = nullptr;
    bool accepted = false;
    QString ends[2] = {};     ///< opener, answerer
    quint64 captured[2] = {}; ///< by direction: received, sent

    Side sideOf(Direction direction) const
    {
        return (direction == Direction::Received) == accepted ? Side::Opener : Side::Answerer;
    }
};

/// What happens at one moment of one conversation.
struct Step
{
    enum class What : quint8 { Open, Piece, End };
    qint64 time;
    int conversation;
    What what;
    quint64 piece;
};

int indexOf(Direction direction)
{
    return direction == Direction::Received ? 0 : 1;
}

} // namespace

static Conversation conversationOf(const Records &records, int row)
{
    const RowIdentity &identity = records.objects.identity(row);
    const RowTexts &texts = records.objects.texts(row);
    Conversation conversation{.row = row, .log = records.payloads.find(identity.key)};
    conversation.accepted = identity.kind == RowKind::Accepted;
    conversation.ends[conversation.accepted ? 1 : 0] = texts.local;
    conversation.ends[conversation.accepted ? 0 : 1] = texts.remote;
    if (conversation.log) {
        for (quint64 number = conversation.log->begin(); number < conversation.log->end(); ++number) {
            const PayloadPiece &piece = conversation.log->at(number);
            conversation.captured[indexOf(piece.direction)] += quint64(piece.bytes.size());
        }
    }
    return conversation;
}

// One end was accepted and the other was not, and they were there at the same time: addresses are used again.
static bool areEndsOfOne(const Records &records, const Conversation &a, const Conversation &b)
{
    const RowIdentity &one = records.objects.identity(a.row);
    const RowIdentity &other = records.objects.identity(b.row);
    const auto goneAt = [](const RowIdentity &identity) {
        return identity.goneAt ? identity.goneAt : std::numeric_limits<qint64>::max();
    };
    return a.accepted != b.accepted && one.createdAt <= goneAt(other) && other.createdAt <= goneAt(one);
}

// Where both ends are watched, the one that knows more speaks for both.
static std::vector<Conversation> conversationsOf(const Records &records, PacketAccount &account,
                                                 const std::function<bool(int)> &choice)
{
    std::vector<Conversation> all;
    for (int row = 0; row < records.objects.size(); ++row) {
        const RowIdentity &identity = records.objects.identity(row);
        if (isSocket(identity.kind) && identity.life != RowLife::Free && (!choice || choice(row)))
            all.push_back(conversationOf(records, row));
    }
    std::ranges::stable_sort(all, std::ranges::greater(),
                             [](const Conversation &one) { return one.captured[0] + one.captured[1]; });
    QMultiHash<std::pair<QString, QString>, int> known; // ends, and the place of who speaks for them
    std::vector<Conversation> kept;
    for (Conversation &one : all) {
        const auto ends = std::pair(one.ends[0], one.ends[1]);
        const bool haveAddresses = parseEnd(one.ends[0]) && parseEnd(one.ends[1]);
        const auto same = known.values(ends);
        if (haveAddresses &&
            std::ranges::any_of(same, [&](int place) { return areEndsOfOne(records, one, kept[place]); })) {
            ++account.twins;
            continue;
        }
        known.insert(ends, int(kept.size()));
        kept.push_back(std::move(one));
    }
    return kept;
}

static std::vector<Step> stepsOf(const Records &records, const std::vector<Conversation> &conversations)
{
    std::vector<Step> steps;
    for (int i = 0; i < int(conversations.size()); ++i) {
        const Conversation &conversation = conversations[i];
        const RowIdentity &identity = records.objects.identity(conversation.row);
        qint64 first = identity.createdAt;
        qint64 last = first;
        if (conversation.log) {
            for (quint64 number = conversation.log->begin(); number < conversation.log->end(); ++number) {
                const qint64 time = conversation.log->at(number).time;
                first = std::min(first, time);
                last = std::max(last, time);
                steps.push_back({time, i, Step::What::Piece, number});
            }
        }
        steps.push_back({first, i, Step::What::Open, 0});
        if (identity.life != RowLife::Live)
            steps.push_back({std::max(last, identity.goneAt), i, Step::What::End, 0});
    }
    // At one moment: open, pieces in their order, end.
    std::ranges::stable_sort(steps, {}, [](const Step &step) { return std::tuple(step.time, step.what, step.piece); });
    return steps;
}

namespace {

/// Plays the steps of all conversations in the order of their times.
class Play
{
public:
    Play(const Records &records, PcapngWriter &writer, qint64 epoch, PacketAccount &account)
        : m_records(records),
          m_writer(writer),
          m_epoch(epoch),
          m_account(account)
    {
    }

    void run(const std::vector<Conversation> &conversations)
    {
        std::vector<std::optional<TcpScript>> scripts(conversations.size());
        for (const Step &step : stepsOf(m_records, conversations)) {
            const Conversation &conversation = conversations[step.conversation];
            std::optional<TcpScript> &script = scripts[step.conversation];
            if (step.what == Step::What::Open)
                open(script, conversation, step.time);
            else if (step.what == Step::What::Piece)
                say(*script, conversation, conversation.log->at(step.piece));
            else
                end(*script, conversation, step.time);
        }
    }

private:
    void open(std::optional<TcpScript> &script, const Conversation &conversation, qint64 time)
    {
        const net::wire::CounterRecord &counters = m_records.objects.counters(conversation.row);
        const quint64 missing = counters.received - std::min(counters.received, conversation.captured[0]) +
                                counters.sent - std::min(counters.sent, conversation.captured[1]);
        QStringList remarks;
        if (const QString name = m_records.objects.texts(conversation.row).name; !name.isEmpty())
            remarks += name;
        auto opener = parseEnd(conversation.ends[0]);
        auto answerer = parseEnd(conversation.ends[1]);
        if (!opener || !answerer || opener->address.protocol() != answerer->address.protocol()) {
            const QString &path = conversation.ends[1].isEmpty() ? conversation.ends[0] : conversation.ends[1];
            remarks += Texts::tr("local socket %1; the addresses are made up").arg(path);
            opener = madeUp();
            answerer = endOf(path);
        }
        if (missing > 0)
            remarks += Texts::tr("%L1 bytes were received and %L2 sent; %L3 of them were not captured")
                           .arg(counters.received)
                           .arg(counters.sent)
                           .arg(missing);
        ++m_account.conversations;
        m_account.notCaptured += missing;
        script.emplace(m_writer, *opener, *answerer);
        script->open(time + m_epoch, remarks.join(u"; "_s));
    }

    void say(TcpScript &script, const Conversation &conversation, const PayloadPiece &piece)
    {
        const Side side = conversation.sideOf(piece.direction);
        QStringList remarks;
        if (piece.redacted)
            remarks += Texts::tr("redacted by the application");
        if (piece.missing > 0)
            remarks += Texts::tr("%L1 bytes before this were not captured").arg(piece.missing);
        // What stands in their place may be longer than the bytes were.
        const QByteArray bytes = piece.bytes.first(std::min<qsizetype>(piece.bytes.size(), piece.streamSize));
        script.say(piece.time + m_epoch, side, piece.offset, bytes, remarks.join(u"; "_s));
        (piece.direction == Direction::Received ? m_account.received : m_account.sent) += quint64(bytes.size());
    }

    void end(TcpScript &script, const Conversation &conversation, qint64 time)
    {
        // Also over what nobody captured at the end.
        const net::wire::CounterRecord &counters = m_records.objects.counters(conversation.row);
        script.reach(conversation.sideOf(Direction::Received), counters.received);
        script.reach(conversation.sideOf(Direction::Sent), counters.sent);
        if (!m_records.objects.texts(conversation.row).error.isEmpty())
            return script.reset(time + m_epoch, conversation.sideOf(Direction::Sent));
        script.end(time + m_epoch, Side::Opener);
        script.end(time + m_epoch, Side::Answerer);
    }

    // A new one each time: 127.88.0.1, 127.88.0.2 ...
    PacketEnd madeUp()
    {
        const quint32 number = ++m_madeUp;
        return {QHostAddress(0x7f580000u | (number & 0xffff)), quint16(40000 + (number >> 16))};
    }

    // One for each path: 127.99.0.1:1, 127.99.0.1:2 ... and the next address when the ports of one are used up.
    PacketEnd endOf(const QString &path)
    {
        constexpr quint32 ports = 65'535;
        auto known = m_paths.constFind(path);
        if (known == m_paths.cend())
            known = m_paths.insert(path, quint32(m_paths.size()));
        const quint32 number = *known;
        return {QHostAddress(0x7f630001u + number / ports), quint16(number % ports + 1)};
    }

    const Records &m_records;
    PcapngWriter &m_writer;
    qint64 m_epoch;
    PacketAccount &m_account;
    quint32 m_madeUp = 0;
    QHash<QString, quint32> m_paths;
};

} // namespace

PacketAccount writePackets(const Records &records, QIODevice &device, qint64 epoch,
                           const std::function<bool(int row)> &choice)
{
    PacketAccount account;
    PcapngWriter writer(device, QCoreApplication::applicationName() + u' ' + QCoreApplication::applicationVersion());
    Play(records, writer, epoch, account).run(conversationsOf(records, account, choice));
    account.ok = writer.ok();
    return account;
}

} // namespace inspector
