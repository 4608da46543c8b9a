#pragma once
#include "libnet/wire/protocol.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace net::wire {

/// One frame as it came in. The payload points into the reader and dies with its next feed().
struct Frame
{
    FrameType type = FrameType::Bye;
    quint8 flags = 0;
    QByteArrayView payload;
};

/// Cuts a stream of bytes into frames. Nothing is kept of a frame before its type and size are found to be
/// allowed, so that a stranger makes it hold at most one allowed frame. An error is sticky.
class FrameReader
{
public:
    /// For frames that \a sender sends.
    explicit FrameReader(Side sender, quint16 version = newestVersion) : m_sender(sender), m_version(version) {}

    /// Only Hello, Error and Bye are allowed until this is called.
    void acceptAll(quint16 version);
    void feed(QByteArrayView bytes);
    /// The next whole frame, or nothing: more bytes are needed, or hasError().
    std::optional<Frame> next();

    bool hasError() const { return !m_error.isEmpty(); }
    QString errorString() const { return m_error; }
    qsizetype buffered() const { return m_buffer.size() - m_position; }

private:
    bool allows(const FrameHeader &header);
    void fail(const QString &reason);

    QByteArray m_buffer;
    qsizetype m_position = 0;
    QString m_error;
    Side m_sender;
    quint16 m_version;
    bool m_greeted = false;
};

/// Appends one frame to a buffer: header first, its size when the writer goes out of scope.
class FrameWriter
{
public:
    FrameWriter(QByteArray &out, FrameType type, quint8 flags = 0);
    ~FrameWriter();
    FrameWriter(const FrameWriter &) = delete;
    FrameWriter &operator=(const FrameWriter &) = delete;

    void append(QByteArrayView bytes) { m_out.append(bytes); }
    template <typename Record>
    void append(const Record &record) requires std::is_trivially_copyable_v<Record> &&
        (!std::is_convertible_v<Record, QByteArrayView>)
    {
        m_out.append(reinterpret_cast<const char *>(&record), sizeof(Record));
    }
    /// Bytes of payload so far.
    qsizetype size() const { return m_out.size() - m_start - qsizetype(sizeof(FrameHeader)); }

private:
    QByteArray &m_out;
    qsizetype m_start;
};

} // namespace net::wire
