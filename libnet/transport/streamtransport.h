#pragma once
#include "libnet/transport/reactor.h"

namespace net {

/// Reads, writes and ends one connected descriptor, TCP and local alike. Owns the descriptor.
class StreamTransport : private Reactor::Watch
{
public:
    /// Who is told of readiness, in the thread of the transport; may destroy the transport in it.
    class Owner
    {
    public:
        virtual void canRead() = 0;
        virtual void canWrite() = 0;
        /// The kernel has taken \a bytes from the beginning of \a pieces.
        virtual void written(std::span<const socketops::Piece> pieces, qsizetype bytes) = 0;

    protected:
        ~Owner() = default;
    };

    explicit StreamTransport(Owner &owner) : m_owner(owner) {}
    ~StreamTransport() override = default;

    void open(Descriptor descriptor);
    bool isOpen() const { return bool(m_descriptor); }
    int descriptor() const { return m_descriptor.get(); }

    /// Whether canRead() and canWrite() are called. Cheap to toggle: narrowing costs no system call at once.
    void setReading(bool enable) { want(Reactor::Readable, enable); }
    void setWriting(bool enable) { want(Reactor::Writable, enable); }
    bool isReading() const { return m_wanted & Reactor::Readable; }
    bool isWriting() const { return m_wanted & Reactor::Writable; }

    /// The memory that the thread reads into; outlives us.
    ReadBuffer &readBuffer() const { return threadReactor().readBuffer(); }
    /// One read into the thread's buffer; see ReadBuffer for who owns \a bytes.
    socketops::IoResult read(QByteArray &bytes);
    /// One read into memory of the caller's.
    socketops::IoResult readInto(char *buffer, qsizetype size);
    /// Counts what was read past us against the thread's turn.
    void spend(qsizetype bytes) { threadReactor().spend(bytes); }
    socketops::IoResult write(const char *bytes, qsizetype size);
    socketops::IoResult write(std::span<const socketops::Piece> pieces);
    int shutdownWrite() { return socketops::shutdownWrite(descriptor()); }
    void close();
    /// Gives the descriptor away, open.
    Descriptor release();
    /// Leaves the current thread's reactor, keeping the descriptor and what was wanted; attach() in another thread
    /// goes on.
    void detach() { Reactor::forget(*this); }
    void attach() { want(m_wanted, true); }

private:
    void ready(quint8 readiness) override;
    void want(quint8 readiness, bool enable);
    Reactor &threadReactor() const { return reactor() ? *reactor() : Reactor::current(); }

    Owner &m_owner;
    Descriptor m_descriptor;
    quint8 m_wanted = Reactor::Nothing;
    bool m_hasRead = false; ///< whose turn it was when both were ready
};

} // namespace net
