#pragma once
#include <QByteArray>
#include <QByteArrayView>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// One input: what libFuzzer calls, and what replay.cpp calls in its place. Returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace fuzz {

/// Ends the program, and so keeps the input, if what must always be true is not.
inline void claim(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "not true: %s\n", what);
    std::abort();
}

/// Takes an input apart: single bytes that choose, then the rest.
class Choices
{
public:
    Choices(const std::uint8_t *data, std::size_t size) : m_rest(reinterpret_cast<const char *>(data), qsizetype(size))
    {
    }

    quint8 byte()
    {
        const quint8 value = m_rest.isEmpty() ? 0 : quint8(m_rest.front());
        m_rest = m_rest.sliced(m_rest.isEmpty() ? 0 : 1);
        return value;
    }
    QByteArray rest() const { return m_rest.toByteArray(); }

private:
    QByteArrayView m_rest;
};

/// Calls \a each(piece) for pieces of 1 to 16 bytes, or whatever \a seed makes of it.
template <typename Each>
void inPieces(const QByteArray &bytes, quint8 seed, Each &&each)
{
    quint32 state = seed + 1u;
    for (qsizetype at = 0; at < bytes.size();) {
        state = state * 1664525u + 1013904223u;
        const qsizetype size = std::min<qsizetype>(1 + (state >> 24) % (seed ? seed : 16u), bytes.size() - at);
        each(bytes.mid(at, size));
        at += size;
    }
}

} // namespace fuzz
