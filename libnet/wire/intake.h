#pragma once
#include <QByteArrayView>
#include <QString>

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace net::wire {

/// Takes values off the front of a payload. Once it runs short it stays failed and gives zeros.
class Intake
{
public:
    explicit Intake(QByteArrayView bytes) : m_bytes(bytes) {}

    /// A record of which the sender sent \a sentSize bytes: what an older one lacks is zero, what a newer one
    /// has on top is skipped.
    template <typename Record>
    Record take(qsizetype sentSize = sizeof(Record))
    {
        static_assert(std::is_trivially_copyable_v<Record>);
        Record record{};
        const QByteArrayView bytes = takeBytes(sentSize);
        if (!bytes.isEmpty())
            std::memcpy(&record, bytes.data(), std::size_t(std::min<qsizetype>(bytes.size(), sizeof record)));
        return record;
    }

    QByteArrayView takeBytes(qsizetype size)
    {
        if (m_failed || size < 0 || size > m_bytes.size()) {
            m_failed = true;
            return {};
        }
        const QByteArrayView taken = m_bytes.first(size);
        m_bytes = m_bytes.sliced(size);
        return taken;
    }

    /// 16 bits of length, then UTF-8.
    QString takeText() { return QString::fromUtf8(takeBytes(take<quint16>())); }

    bool failed() const { return m_failed; }
    bool atEnd() const { return m_bytes.isEmpty(); }
    qsizetype remaining() const { return m_bytes.size(); }

private:
    QByteArrayView m_bytes;
    bool m_failed = false;
};

} // namespace net::wire
