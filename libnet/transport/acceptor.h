#pragma once
#include "libnet/transport/socketops.h"

#include <memory>

class QObject;

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
    /// From now on serves \a owner, below \a home, in the same thread.
    virtual void settle(Owner &owner, QObject *home) = 0;
    /// Leaves the current thread, and goes on in another. Acceptors that are children of the server's need neither.
    virtual void detach() {}
    virtual void attach() {}
};

/// An acceptor for \a descriptor, which listens: on QTcpServer for TCP, on QLocalServer for a path of ours
/// (\a ownsPath: it is removed again), on our own for a local listener that was inherited. \a home is the parent of
/// its QObjects, so that they change threads together; the caller owns it all the same.
std::unique_ptr<Acceptor> makeAcceptor(Acceptor::Owner &owner, QObject *home, Descriptor descriptor, bool ownsPath);

} // namespace net
