#pragma once
#include "libnet/transport/socketops.h"

#include <functional>
#include <memory>

class QObject;

namespace net {

/// Looks up one name in a thread of its own. Destroying it cancels: the answer then reaches nobody.
class Resolver
{
public:
    using Answer = std::function<void(const socketops::Addresses &)>;

    /// \a home: whose thread the answers come in; it outlives the resolver.
    explicit Resolver(QObject *home) : m_home(home) {}
    Resolver(const Resolver &) = delete;
    Resolver &operator=(const Resolver &) = delete;
    ~Resolver() { cancel(); }

    /// Calls \a answer later.
    void lookUp(const socketops::Question &question, Answer answer);
    void cancel();

private:
    class Receiver;
    QObject *m_home;
    std::shared_ptr<Receiver> m_receiver;
};

} // namespace net
