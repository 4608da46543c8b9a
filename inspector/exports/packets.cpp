#include "inspector/exports/packets.h"

#include "inspector/exports/conversations.h"
#include "inspector/exports/tcpscript.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <queue>

namespace inspector {

using namespace Qt::StringLiterals;
using Side = TcpScript::Side;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Packets)
};

/// How far a conversation has been told.
struct Part
{
    const Conversation *conversation = nullptr;
    std::optional<TcpScript> script = {};
    quint64 next[2] = {};    ///< piece, by direction
    quint64 written[2] = {}; ///< bytes
    quint64 told = 0;        ///< pieces
    qint64 time = 0;         ///< of what was told last
};

/// What a conversation says next; null at its end.
struct Saying
{
    const PayloadPiece *piece = nullptr;
    int direction = 0; ///< as the conversation has it
};

/// Whose turn it is, and when.
struct Turn
{
    qint64 time = 0;
    std::size_t part = 0;

    friend auto operator<=>(const Turn &, const Turn &) = default;
};

} // namespace

/// Tells all conversations in the order of their times, each of their steps by itself.
class Packets::Play
{
public:
    Play(const Records &records, QIODevice &device, qint64 epoch, const RowChoice &choice)
        : m_records(records),
          m_writer(device, QCoreApplication::applicationName() + u' ' + QCoreApplication::applicationVersion()),
          m_epoch(epoch),
          m_conversations(conversationsOf(records, choice, m_account.twins, m_account.neverOpen)),
          m_parts(m_conversations.size())
    {
        for (std::size_t i = 0; i < m_parts.size(); ++i) {
            m_parts[i].conversation = &m_conversations[i];
            for (int direction = 0; direction < 2; ++direction)
                m_parts[i].next[direction] = m_conversations[i].streams[direction].begin;
            m_pieces += m_conversations[i].pieces();
            m_turns.push({m_conversations[i].firstTime(), i});
        }
    }

    bool takeTurn()
    {
        if (m_turns.empty() || !m_writer.ok())
            return false;
        const Turn turn = m_turns.top();
        m_turns.pop();
        Part &part = m_parts[turn.part];
        part.time = turn.time;
        if (!part.script)
            open(part);
        else if (const Saying saying = sayingOf(part); saying.piece)
            say(part, saying);
        else
            return end(part);
        const PayloadPiece *const next = sayingOf(part).piece;
        m_turns.push({std::max(part.time, next ? next->time : part.conversation->identity.goneAt), turn.part});
        return true;
    }

    double progress() const
    {
        const auto all = static_cast<double>(m_pieces + m_parts.size());
        return all > 0 ? static_cast<double>(m_told + m_parts.size() - m_turns.size()) / all : 1;
    }
    bool ok() const { return m_writer.ok(); }
    const PacketAccount &account() const { return m_account; }

private:
    // What was captured may have been forgotten meanwhile.
    const PayloadPiece *pieceOf(Part &part, int direction) const
    {
        const Stream &stream = part.conversation->streams[direction];
        const PayloadLog *const log = m_records.payloads.find(stream.key);
        if (!log)
            return nullptr;
        quint64 &next = part.next[direction];
        next = std::max(next, log->begin());
        const quint64 end = std::min(log->end(), stream.end);
        while (next < end && log->at(next).direction != stream.direction)
            ++next;
        return next < end ? &log->at(next) : nullptr;
    }

    // In the order in which one end has captured it; between two ends their times decide.
    Saying sayingOf(Part &part) const
    {
        const PayloadPiece *const received = pieceOf(part, 0);
        const PayloadPiece *const sent = pieceOf(part, 1);
        if (!received || !sent)
            return received ? Saying{received, 0} : Saying{sent, 1};
        const bool isOneEnd = part.conversation->streams[0].key == part.conversation->streams[1].key;
        const bool sentFirst = isOneEnd ? part.next[1] < part.next[0] : sent->time < received->time;
        return sentFirst ? Saying{sent, 1} : Saying{received, 0};
    }

    void open(Part &part)
    {
        const Conversation &conversation = *part.conversation;
        QStringList remarks;
        if (!conversation.texts.name.isEmpty())
            remarks += conversation.texts.name;
        auto opener = PacketEnd::parse(conversation.ends[0]);
        auto answerer = PacketEnd::parse(conversation.ends[1]);
        if (!opener || !answerer || opener->address.protocol() != answerer->address.protocol()) {
            const QString &path = conversation.ends[1].isEmpty() ? conversation.ends[0] : conversation.ends[1];
            remarks += conversation.identity.family == net::wire::Family::Local
                           ? Texts::tr("local socket %1; the addresses are made up").arg(path)
                           : Texts::tr("%1; the addresses are made up, of one end none is known").arg(path);
            opener = madeUp();
            answerer = endOf(path);
        }
        const Stream &received = conversation.streams[0];
        const Stream &sent = conversation.streams[1];
        if (received.notCaptured() + sent.notCaptured() > 0)
            remarks += Texts::tr("%L1 bytes were received and %L2 sent; %L3 and %L4 of them were not captured")
                           .arg(received.moved)
                           .arg(sent.moved)
                           .arg(received.notCaptured())
                           .arg(sent.notCaptured());
        ++m_account.conversations;
        m_account.receivedMissing += received.notCaptured();
        m_account.sentMissing += sent.notCaptured();
        part.script.emplace(m_writer, *opener, *answerer);
        part.script->open(part.time + m_epoch, remarks.join(u"; "_s));
    }

    void say(Part &part, const Saying &saying)
    {
        const PayloadPiece &piece = *saying.piece;
        QStringList remarks;
        if (piece.redacted)
            remarks += Texts::tr("redacted by the application");
        if (piece.missing > 0)
            remarks += Texts::tr("%L1 bytes before this were not captured").arg(piece.missing);
        const QByteArray bytes = piece.bytes.first(sizeInStream(piece));
        part.script->say(part.time + m_epoch, sideOf(part, saying.direction), piece.offset, bytes,
                         remarks.join(u"; "_s));
        (saying.direction == 0 ? m_account.received : m_account.sent) += quint64(bytes.size());
        part.written[saying.direction] += quint64(bytes.size());
        ++part.next[saying.direction];
        ++part.told;
        ++m_told;
    }

    bool end(Part &part)
    {
        const Conversation &conversation = *part.conversation;
        const auto forgotten = [&](int direction) {
            const quint64 captured = conversation.streams[direction].captured;
            return captured - std::min(captured, part.written[direction]);
        };
        m_account.receivedMissing += forgotten(0);
        m_account.sentMissing += forgotten(1);
        m_told += conversation.pieces() - part.told;
        if (conversation.identity.life == RowLife::Live)
            return true;
        // Also over what nobody captured at the end.
        for (int direction = 0; direction < 2; ++direction)
            part.script->reach(sideOf(part, direction), conversation.streams[direction].moved);
        if (!conversation.texts.error.isEmpty()) {
            part.script->reset(part.time + m_epoch, sideOf(part, 1));
            return true;
        }
        part.script->end(part.time + m_epoch, Side::Opener);
        part.script->end(part.time + m_epoch, Side::Answerer);
        return true;
    }

    static Side sideOf(const Part &part, int direction)
    {
        return part.conversation->sayer(direction) == 0 ? Side::Opener : Side::Answerer;
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
    PcapngWriter m_writer;
    qint64 m_epoch;
    PacketAccount m_account;
    std::vector<Conversation> m_conversations;
    std::vector<Part> m_parts;
    std::priority_queue<Turn, std::vector<Turn>, std::greater<>> m_turns;
    quint64 m_pieces = 0; ///< of all
    quint64 m_told = 0;
    quint32 m_madeUp = 0;
    QHash<QString, quint32> m_paths;
};

Packets::Packets(const Records &records, QIODevice &device, qint64 epoch, const RowChoice &choice)
    : m_play(std::make_unique<Play>(records, device, epoch, choice))
{
}

Packets::~Packets() = default;

bool Packets::writeNext()
{
    return m_play->takeTurn();
}

double Packets::progress() const
{
    return m_play->progress();
}

bool Packets::ok() const
{
    return m_play->ok();
}

const PacketAccount &Packets::account() const
{
    return m_play->account();
}

QString Packets::summary() const
{
    const PacketAccount &account = m_play->account();
    QString text = Texts::tr("%1 conversations, %L2 bytes received and %L3 sent")
                       .arg(account.conversations)
                       .arg(account.received)
                       .arg(account.sent);
    if (account.twins > 0)
        text += Texts::tr("; %1 other ends of the same ones left out").arg(account.twins);
    if (account.neverOpen > 0)
        text += Texts::tr("; %1 that never were open left out").arg(account.neverOpen);
    if (account.receivedMissing + account.sentMissing > 0)
        text += Texts::tr("; %L1 received and %L2 sent bytes were not captured")
                    .arg(account.receivedMissing)
                    .arg(account.sentMissing);
    return text;
}

} // namespace inspector
