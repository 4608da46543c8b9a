#include "inspector/session/crc32.h"

#include <array>
#include <cstring>

namespace inspector {

namespace {

// Eight bytes a step: a recording of a busy application is forty megabytes a second.
using Tables = std::array<std::array<quint32, 256>, 8>;

constexpr Tables makeTables()
{
    Tables tables{};
    for (quint32 i = 0; i < 256; ++i) {
        quint32 value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = value & 1 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
        tables[0][i] = value;
    }
    for (std::size_t i = 0; i < 256; ++i) {
        for (std::size_t table = 1; table < 8; ++table) {
            const quint32 above = tables[table - 1][i];
            tables[table][i] = tables[0][above & 0xff] ^ (above >> 8);
        }
    }
    return tables;
}

constexpr Tables tables = makeTables();

} // namespace

quint32 crc32(QByteArrayView bytes, quint32 before)
{
    quint32 crc = ~before;
    const char *at = bytes.data();
    qsizetype left = bytes.size();
    for (; left >= 8; left -= 8, at += 8) {
        quint32 low = 0;
        quint32 high = 0;
        std::memcpy(&low, at, 4);
        std::memcpy(&high, at + 4, 4);
        low ^= crc;
        crc = tables[7][low & 0xff] ^ tables[6][(low >> 8) & 0xff] ^ tables[5][(low >> 16) & 0xff] ^
              tables[4][low >> 24] ^ tables[3][high & 0xff] ^ tables[2][(high >> 8) & 0xff] ^
              tables[1][(high >> 16) & 0xff] ^ tables[0][high >> 24];
    }
    for (; left > 0; --left, ++at)
        crc = tables[0][(crc ^ static_cast<quint8>(*at)) & 0xff] ^ (crc >> 8);
    return ~crc;
}

} // namespace inspector
