#pragma once
#include "libnet/transport/socketops.h"

#include <memory>

namespace net {

/// Accepts connections on one listening descriptor, which it owns. Accepting goes on whatever fails: when the
/// process is out of descriptors, a spare one is used to take and close connections, so that clients are told.
class Acceptor
{
public:
    class Owner
    {
    public:
        /// A non-blocking connection; may destroy the acceptor.
        virtual void accepted(Descriptor descriptor) = 0;
        /// A connection had to be closed, for want of descriptors or memory; \a error is the errno.
        virtual void refused(int error) = 0;

    protected:
        ~Owner() = default;
    };

    virtual ~Acceptor() = default;

    /// The listening descriptor.
    virtual int descriptor() const = 0;
};

/// An acceptor for \a descriptor, which listens: on QTcpServer for TCP, on QLocalServer for a path of ours
/// (\a ownsPath: it is removed again), on our own for a local listener that was inherited.
std::unique_ptr<Acceptor> makeAcceptor(Acceptor::Owner &owner, Descriptor descriptor, bool ownsPath);

} // namespace net
