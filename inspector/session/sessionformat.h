#pragma once
#include "libnet/wire/rendezvous.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <type_traits>

/// What SESSIONFILE.md says, as numbers and fixed-width records.
namespace inspector {

inline constexpr char sessionMagic[8] = {'\x89', 'L', 'N', 'S', '\r', '\n', '\x1a', '\n'};
inline constexpr quint16 sessionVersion = 1;
inline constexpr quint32 largestEntry = 2 * 1024 * 1024;

enum class EntryKind : quint8 {
    Head = 1,    ///< CBOR; the first
    Process = 2, ///< CBOR; a process was met
    Frames = 3,  ///< what its agent said
    Sums = 4,    ///< SumRecords
    Gone = 5,    ///< the process has ended
    End = 6,     ///< TailRecord; the last
};

/// Of Frames: a new conversation begins, as after a lost link.
inline constexpr quint8 conversationFlag = 1;

struct FilePreamble
{
    char magic[8] = {};
    quint16 version = 0;
    quint16 reserved = 0;
    quint32 reserved2 = 0;
};

struct EntryHeader
{
    quint32 size = 0; ///< of the payload that follows
    quint32 crc = 0;  ///< of the rest of this header and the payload
    quint8 kind = 0;  ///< EntryKind
    quint8 flags = 0;
    quint16 reserved = 0;
    quint32 process = 0; ///< number in this file, from 1; 0 if the entry is of none
    qint64 time = 0;     ///< ns of CLOCK_MONOTONIC, never less than that of the entry before
};

/// What cannot be told from the sockets that are still described.
struct SumRecord
{
    quint64 subject = 0; ///< 0: the process itself
    quint64 received = 0;
    quint64 sent = 0;
    quint64 dataLost = 0;
    qint64 lastActivity = 0;
    double in = 0; ///< bytes a second
    double out = 0;
    quint32 lateWrites = 0;
    quint32 slowestSlot = 0; ///< microseconds
};

struct TailRecord
{
    quint64 entries = 0; ///< before it
};

static_assert(sizeof(FilePreamble) == 16 && sizeof(EntryHeader) == 24 && sizeof(SumRecord) == 64);
static_assert(std::is_trivially_copyable_v<EntryHeader> && std::is_trivially_copyable_v<SumRecord>);

struct SessionHead
{
    QString software = {};
    QString host = {};
    qint64 monotonic = 0; ///< ns of CLOCK_MONOTONIC, at the same moment as
    qint64 realtime = 0;  ///< ns since 1970
    bool live = true;     ///< recorded as it happened; otherwise saved afterwards, and times of entries mean nothing

    friend bool operator==(const SessionHead &, const SessionHead &) = default;
};

/// An entry as it was read. The payload dies with the next one.
struct SessionEntry
{
    EntryKind kind = EntryKind::End;
    quint8 flags = 0;
    quint32 process = 0;
    qint64 time = 0;
    QByteArrayView payload;
};

QByteArray encodeHead(const SessionHead &head);
std::optional<SessionHead> decodeHead(QByteArrayView bytes);
QByteArray encodeCard(const net::wire::AgentCard &card);
std::optional<net::wire::AgentCard> decodeCard(QByteArrayView bytes);
/// The records of a fixed size in \a bytes, those that are longer by what a newer writer has added to them included:
/// a u32 says how long they are. Nothing if that is less than a whole one.
QByteArray encodeSums(const QList<SumRecord> &sums);
std::optional<QList<SumRecord>> decodeSums(QByteArrayView bytes);

} // namespace inspector
