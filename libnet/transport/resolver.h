#pragma once
#include "libnet/transport/socketops.h"

#include <functional>
#include <memory>

namespace net {

/// Looks up one name in a thread of its own. Destroying it cancels: the answer then reaches nobody.
class Resolver
{
public:
    using Answer = std::function<void(const socketops::Addresses &)>;

    Resolver() = default;
    Resolver(const Resolver &) = delete;
    Resolver &operator=(const Resolver &) = delete;
    ~Resolver() { cancel(); }

    /// Calls \a answer later, in the current thread.
    void lookUp(const QString &host, Family family, Answer answer);
    void cancel();

private:
    class Receiver;
    std::shared_ptr<Receiver> m_receiver;
};

} // namespace net
