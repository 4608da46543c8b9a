#include "inspector/exports/packets.h"

#include "inspector/exports/conversations.h"
#include "inspector/exports/tcpscript.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <queue>

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::Direction;
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
    quint64 piece = 0;   ///< the next
    quint64 written = 0; ///< bytes
    qint64 time = 0;     ///< of what was told last
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
          m_conversations(conversationsOf(records, choice, m_account.twins)),
          m_parts(m_conversations.size())
    {
        for (std::size_t i = 0; i < m_parts.size(); ++i) {
            m_parts[i].conversation = &m_conversations[i];
            m_parts[i].piece = m_conversations[i].begin;
            m_pieces += m_conversations[i].end - m_conversations[i].begin;
            m_turns.push({m_conversations[i].firstTime, i});
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
        else if (const PayloadPiece *piece = pieceOf(part))
            say(part, *piece);
        else
            return end(part);
        const PayloadPiece *const next = pieceOf(part);
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
    // Null at its end, and if what was captured has been forgotten meanwhile.
    const PayloadPiece *pieceOf(Part &part)
    {
        const PayloadLog *const log = m_records.payloads.find(part.conversation->key());
        const quint64 end = log ? std::min(log->end(), part.conversation->end) : 0;
        if (log && part.piece < log->begin()) {
            m_told += std::min(log->begin(), end) - part.piece;
            part.piece = log->begin();
        }
        return part.piece < end ? &log->at(part.piece) : nullptr;
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
            remarks += Texts::tr("local socket %1; the addresses are made up").arg(path);
            opener = madeUp();
            answerer = endOf(path);
        }
        if (const quint64 missing = conversation.notCaptured(); missing > 0)
            remarks += Texts::tr("%L1 bytes were received and %L2 sent; %L3 of them were not captured")
                           .arg(conversation.moved[0])
                           .arg(conversation.moved[1])
                           .arg(missing);
        ++m_account.conversations;
        m_account.notCaptured += conversation.notCaptured();
        part.script.emplace(m_writer, *opener, *answerer);
        part.script->open(part.time + m_epoch, remarks.join(u"; "_s));
    }

    void say(Part &part, const PayloadPiece &piece)
    {
        QStringList remarks;
        if (piece.redacted)
            remarks += Texts::tr("redacted by the application");
        if (piece.missing > 0)
            remarks += Texts::tr("%L1 bytes before this were not captured").arg(piece.missing);
        const QByteArray bytes = piece.bytes.first(sizeInStream(piece));
        part.script->say(part.time + m_epoch, sideOf(part, piece.direction), piece.offset, bytes,
                         remarks.join(u"; "_s));
        (piece.direction == Direction::Received ? m_account.received : m_account.sent) += quint64(bytes.size());
        part.written += quint64(bytes.size());
        ++part.piece;
        ++m_told;
    }

    bool end(Part &part)
    {
        const Conversation &conversation = *part.conversation;
        const quint64 captured = conversation.captured[0] + conversation.captured[1];
        m_account.notCaptured += captured - std::min(captured, part.written);
        m_told += conversation.end - std::min(conversation.end, part.piece);
        if (conversation.identity.life == RowLife::Live)
            return true;
        // Also over what nobody captured at the end.
        part.script->reach(sideOf(part, Direction::Received), conversation.moved[0]);
        part.script->reach(sideOf(part, Direction::Sent), conversation.moved[1]);
        if (!conversation.texts.error.isEmpty()) {
            part.script->reset(part.time + m_epoch, sideOf(part, Direction::Sent));
            return true;
        }
        part.script->end(part.time + m_epoch, Side::Opener);
        part.script->end(part.time + m_epoch, Side::Answerer);
        return true;
    }

    static Side sideOf(const Part &part, Direction direction)
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
    if (account.notCaptured > 0)
        text += Texts::tr("; %L1 bytes were not captured").arg(account.notCaptured);
    return text;
}

} // namespace inspector
