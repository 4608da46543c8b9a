#include "libnet/cluster/cborsize.h"

#include <limits>

namespace net {

// What Qt keeps for each, measured, but for the room to grow that a list has.
static constexpr qsizetype Item = 16;
static constexpr qsizetype Text = 32;       // beside its bytes
static constexpr qsizetype Container = 128; // beside its items
static constexpr qsizetype Tag = 256;       // and what it stands for: a date, a URL

static constexpr qsizetype NotWhole = std::numeric_limits<qsizetype>::max();

enum class Major : quint8 { Unsigned, Negative, Bytes, Text, Array, Map, Tag, Simple };

// One item after the other, however deep: which of them belongs to which makes no difference.
qsizetype sizeOnceRead(QByteArrayView cbor)
{
    const auto end = quint64(cbor.size());
    quint64 at = 0;
    qsizetype size = 0;
    quint64 announced = 0; // items, each of which takes a byte at least
    while (at < end) {
        const auto head = quint8(cbor[qsizetype(at++)]);
        const auto major = Major(head >> 5);
        const int detail = head & 31;
        quint64 value = quint64(detail);
        if (detail >= 24 && detail <= 27) {
            const quint64 bytes = quint64(1) << (detail - 24);
            if (bytes > end - at)
                return NotWhole;
            value = 0;
            for (quint64 i = 0; i < bytes; ++i)
                value = value << 8 | quint8(cbor[qsizetype(at++)]);
        }
        size += Item;
        const bool hasLength = detail <= 27; // else its end is marked
        if (major == Major::Bytes || major == Major::Text) {
            size += Text;
            if (hasLength) {
                if (value > end - at)
                    return NotWhole;
                at += value;
                size += qsizetype(value);
            }
        } else if (major == Major::Array || major == Major::Map) {
            size += Container;
            if (hasLength) {
                if (value > end)
                    return NotWhole;
                announced += major == Major::Map ? 2 * value : value;
                if (announced > end)
                    return NotWhole;
            }
        } else if (major == Major::Tag) {
            size += Tag;
        }
    }
    return size;
}

} // namespace net
