#include "libnet/wire/cbormap.h"

namespace net::wire {

namespace {
constexpr qsizetype longestKey = 64;
constexpr qsizetype longestText = 4096;
constexpr qsizetype longestBytes = 48 * 1024;
constexpr int deepestSkip = 4;
} // namespace

CborMapReader::CborMapReader(QByteArrayView bytes) : m_bytes(bytes.toByteArray()), m_reader(m_bytes)
{
    enter();
}

bool CborMapReader::enter()
{
    m_failed = m_failed || m_depth > 1 || !m_reader.isMap() || !m_reader.enterContainer();
    m_pending = false;
    if (!m_failed)
        ++m_depth;
    return !m_failed;
}

bool CborMapReader::leave()
{
    m_failed = m_failed || !m_reader.leaveContainer();
    m_pending = false;
    --m_depth;
    return !m_failed;
}

bool CborMapReader::next()
{
    if (m_failed || m_complete)
        return false;
    if (m_pending)
        skip(deepestSkip);
    m_pending = false;
    if (m_failed)
        return false;
    if (!m_reader.hasNext()) {
        if (m_reader.lastError() != QCborError::NoError)
            fail();
        else if (m_depth == 1)
            m_complete = leave() && m_reader.currentOffset() == m_bytes.size();
        return false;
    }
    m_key = readText(longestKey);
    m_pending = !m_failed;
    return !m_failed;
}

// Not QCborStreamReader::next() for whole containers: for a text it allocates whatever length the text claims.
void CborMapReader::skip(int depth)
{
    if (m_reader.isString() || m_reader.isByteArray())
        m_failed = m_failed || !m_reader.isLengthKnown() || m_reader.length() > quint64(m_bytes.size());
    if (m_failed)
        return;
    if (!m_reader.isContainer()) {
        m_failed = !m_reader.next();
        return;
    }
    if (depth == 0 || !m_reader.enterContainer())
        return fail();
    while (m_reader.hasNext() && !m_failed)
        skip(depth - 1);
    m_failed = m_failed || !m_reader.leaveContainer();
}

// Texts of known length only: an indefinite one could not be capped before it is read.
QString CborMapReader::readText(qsizetype limit)
{
    if (!m_reader.isString() || !m_reader.isLengthKnown() || m_reader.length() > quint64(limit)) {
        fail();
        return {};
    }
    const auto chunk = m_reader.readString();
    if (chunk.status != QCborStreamReader::Ok || m_reader.readString().status != QCborStreamReader::EndOfString)
        fail();
    return chunk.data;
}

void CborMapReader::read(QString &value)
{
    m_pending = false;
    value = readText(longestText);
}

void CborMapReader::read(QByteArray &value)
{
    m_pending = false;
    if (!m_reader.isByteArray() || !m_reader.isLengthKnown() || m_reader.length() > quint64(longestBytes))
        return fail();
    const auto chunk = m_reader.readByteArray();
    if (chunk.status != QCborStreamReader::Ok || m_reader.readByteArray().status != QCborStreamReader::EndOfString)
        fail();
    value = chunk.data;
}

void CborMapReader::read(bool &value)
{
    if (!m_reader.isBool())
        return fail();
    value = m_reader.toBool();
}

bool CborMapReader::readInteger(qint64 &value, bool &isUnsigned)
{
    isUnsigned = m_reader.isUnsignedInteger();
    if (isUnsigned)
        value = qint64(m_reader.toUnsignedInteger());
    else if (m_reader.isNegativeInteger() && m_reader.toInteger() < 0)
        value = m_reader.toInteger();
    else
        fail();
    return !m_failed;
}

} // namespace net::wire
