#pragma once
#include <QIODevice>

namespace test {

/// A sequential device that takes a few bytes at a time, and only when it is told to.
class Sluice : public QIODevice
{
public:
    explicit Sluice(qint64 atOnce) : m_atOnce(atOnce) { open(ReadWrite | Unbuffered); }

    QByteArray passed;
    bool broken = false;

    bool isSequential() const override { return true; }
    qint64 bytesToWrite() const override { return m_waiting.size(); }
    /// Lets \a count bytes through.
    void let(qint64 count)
    {
        const QByteArray bytes = m_waiting.left(count);
        m_waiting.remove(0, bytes.size());
        passed += bytes;
        Q_EMIT bytesWritten(bytes.size());
    }

protected:
    qint64 readData(char *, qint64) override { return 0; }
    qint64 writeData(const char *data, qint64 size) override
    {
        if (broken) {
            setErrorString(QStringLiteral("the sluice is broken"));
            return -1;
        }
        const qint64 taken = qMin(size, m_atOnce);
        m_waiting.append(data, taken);
        return taken;
    }

private:
    qint64 m_atOnce;
    QByteArray m_waiting;
};

/// Bytes in which a piece that is missing or in the wrong place shows.
inline QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 31 + i / 251);
    return bytes;
}

} // namespace test
