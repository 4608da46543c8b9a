#pragma once
#include <QByteArray>
#include <QCborStreamReader>
#include <QCborStreamWriter>
#include <QString>

#include <concepts>
#include <utility>

namespace net::wire {

/// Reads one CBOR map with text keys, value by value, and holds no more than it was asked for: a length that
/// the bytes merely claim is never allocated.
class CborMapReader
{
public:
    explicit CborMapReader(QByteArrayView bytes);

    /// Moves to the next key; false at the end or after a failure.
    bool next();
    QString key() const { return m_key; }

    /// The value of the key; left unread it is skipped by next(). Another type or range is a failure.
    void read(QString &value);
    void read(QByteArray &value);
    void read(bool &value);
    template <std::integral Integer>
    void read(Integer &value);
    /// A nested flat map: calls \a each(reader) for each key of it.
    template <typename Each>
    void readMap(Each &&each);

    bool isInteger() const { return m_reader.isInteger(); }
    bool isText() const { return m_reader.isString(); }
    void fail() { m_failed = true; }
    /// True if the whole map was read, nothing followed it and nothing failed.
    bool isComplete() const { return m_complete && !m_failed; }

private:
    bool enter();
    bool leave();
    void skip(int depth);
    bool readInteger(qint64 &value, bool &isUnsigned);
    QString readText(qsizetype limit);

    QByteArray m_bytes;
    QCborStreamReader m_reader;
    QString m_key;
    int m_depth = 0;
    bool m_pending = false;
    bool m_failed = false;
    bool m_complete = false;
};

template <std::integral Integer>
void CborMapReader::read(Integer &value)
{
    qint64 number = 0;
    bool isUnsigned = false;
    if (!readInteger(number, isUnsigned))
        return;
    const bool fits = isUnsigned ? std::in_range<Integer>(quint64(number)) : std::in_range<Integer>(number);
    if (fits)
        value = Integer(number);
    else
        fail();
}

template <typename Each>
void CborMapReader::readMap(Each &&each)
{
    if (!enter())
        return;
    while (next())
        each(*this);
    leave();
}

} // namespace net::wire
