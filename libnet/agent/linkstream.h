#pragma once
#include <QByteArray>

#include <memory>

class QSocketNotifier;

namespace net::agent {

/// The descriptor of one inspector's connection and what waits to be written to it. Never blocks, raises no SIGPIPE.
class LinkStream
{
public:
    /// Owns \a descriptor, which is non-blocking.
    explicit LinkStream(int descriptor);
    ~LinkStream();
    LinkStream(const LinkStream &) = delete;
    LinkStream &operator=(const LinkStream &) = delete;

    QSocketNotifier &readable() const { return *m_readable; }
    QSocketNotifier &writable() const { return *m_writable; }

    /// Up to 64 KiB; empty if there is nothing now. isOpen() is false after the end or an error.
    QByteArrayView read();
    /// Where frames are appended that the next flush() is to write.
    QByteArray &out() { return m_out; }
    qsizetype waiting() const { return m_out.size() - m_written; }
    void flush();
    bool isOpen() const { return m_open; }

private:
    int m_descriptor;
    std::unique_ptr<QSocketNotifier> m_readable;
    std::unique_ptr<QSocketNotifier> m_writable;
    QByteArray m_in;
    QByteArray m_out;
    qsizetype m_written = 0;
    bool m_open = true;
};

} // namespace net::agent
