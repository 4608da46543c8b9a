#include "libnet/transport/reactor.h"

#include <QSocketNotifier>

#include <unordered_map>

namespace net {

/// Two notifiers for each watch, made when first wanted.
class Reactor::Backend
{
public:
    struct Notifiers
    {
        std::unique_ptr<QSocketNotifier> read;
        std::unique_ptr<QSocketNotifier> write;
    };

    void set(Reactor *reactor, Watch *watch, std::unique_ptr<QSocketNotifier> &notifier, QSocketNotifier::Type type,
             bool enable);

    std::unordered_map<Watch *, Notifiers> notifiers;
};

void Reactor::Backend::set(Reactor *reactor, Watch *watch, std::unique_ptr<QSocketNotifier> &notifier,
                           QSocketNotifier::Type type, bool enable)
{
    if (!notifier) {
        if (!enable)
            return;
        notifier = std::make_unique<QSocketNotifier>(watch->m_fd, type);
        const quint8 readiness = type == QSocketNotifier::Read ? Readable : Writable;
        QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(), [reactor, watch, readiness] {
            ++reactor->m_depth;
            reactor->stamp();
            reactor->m_spent = 0;
            if (watch->m_wanted & readiness)
                reactor->deliver(*watch, readiness);
            if (--reactor->m_depth == 0 && reactor->m_afterBatch)
                reactor->m_afterBatch(reactor->m_hookOwner);
        });
    }
    if (notifier->isEnabled() != enable)
        notifier->setEnabled(enable);
}

Reactor::Reactor() : m_backend(std::make_unique<Backend>())
{
    settle();
}

Reactor::~Reactor()
{
    letGo();
}

void Reactor::letGo()
{
    while (!m_backend->notifiers.empty())
        forget(*m_backend->notifiers.begin()->first);
}

void Reactor::followDispatcher()
{
    for (auto &[watch, notifiers] : m_backend->notifiers) {
        notifiers = {};
        m_backend->set(this, watch, notifiers.read, QSocketNotifier::Read, watch->m_wanted & Readable);
        m_backend->set(this, watch, notifiers.write, QSocketNotifier::Write, watch->m_wanted & Writable);
    }
}

void Reactor::want(Watch &watch, int fd, quint8 readiness)
{
    if (!watch.m_reactor) {
        if (!readiness)
            return;
        watch.m_reactor = this;
        watch.m_fd = fd;
    }
    watch.m_wanted = readiness;
    Backend::Notifiers &notifiers = m_backend->notifiers[&watch];
    m_backend->set(this, &watch, notifiers.read, QSocketNotifier::Read, readiness & Readable);
    m_backend->set(this, &watch, notifiers.write, QSocketNotifier::Write, readiness & Writable);
}

void Reactor::forget(Watch &watch)
{
    if (!watch.m_reactor)
        return;
    const auto entry = watch.m_reactor->m_backend->notifiers.find(&watch);
    // From inside the notifier's own signal it is disabled now and deleted later.
    const bool inside = watch.m_reactor->m_depth > 0;
    for (std::unique_ptr<QSocketNotifier> *notifier : {&entry->second.read, &entry->second.write}) {
        if (*notifier && inside) {
            (*notifier)->setEnabled(false);
            (*notifier)->disconnect();
            notifier->release()->deleteLater();
        }
    }
    watch.m_reactor->m_backend->notifiers.erase(entry);
    watch.m_reactor = nullptr;
    watch.m_fd = -1;
    watch.m_wanted = Nothing;
}

} // namespace net
