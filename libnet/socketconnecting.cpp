#include "libnet/socketconnecting_p.h"

#include "libnet/codes.h"
#include "libnet/net.h"

namespace net {

using namespace Qt::StringLiterals;

// Shorter attempts would give up on addresses that are merely far away.
static constexpr int ShortestAttempt = 10;

static int familyNumber(Family family)
{
    return family == Family::IPv6 ? 6 : family == Family::IPv4 ? 4 : 0;
}

SocketConnecting::SocketConnecting(Socket *q, Socket::Private *socket, ConnectOptions options)
    : q(q),
      m_socket(socket),
      m_options(std::move(options)),
      m_resolver(q)
{
    // The defaults of now: they may be others once the name is looked up.
    m_options.autoSelectFamily = m_options.autoSelectFamily.value_or(defaultAutoSelectFamily());
    m_options.autoSelectFamilyAttemptTimeout =
        m_options.autoSelectFamilyAttemptTimeout.value_or(defaultAutoSelectFamilyAttemptTimeout());
}

void SocketConnecting::start()
{
    if (!m_options.path.isEmpty()) {
        m_target = {.address = m_options.path, .family = Family::Local};
        race({m_target});
        return;
    }
    const QString host = m_options.host.isEmpty() ? u"localhost"_s : m_options.host;
    m_target = {.address = host, .port = quint16(*m_options.port)};
    if (const int version = isIP(host)) {
        m_target.family = version == 6 ? Family::IPv6 : Family::IPv4;
        NextTick::current().post(this, [this] { race({m_target}); });
        return;
    }
    if (m_options.lookup) {
        askUser(host);
        return;
    }
    m_resolver.lookUp({.host = host, .family = m_options.family, .hints = m_options.hints},
                      [this, host](const socketops::Addresses &addresses) {
                          const Error error = addresses.error.isEmpty()
                                                  ? Error()
                                                  : Error::fromLookup(addresses.error, addresses.errorNumber, host);
                          lookedUp(error, addresses.found);
                      });
}

// The user's resolver may answer at once, much later, more than once, or after we are gone.
void SocketConnecting::askUser(const QString &host)
{
    m_question = std::make_shared<SocketConnecting *>(this);
    const std::weak_ptr<SocketConnecting *> question = m_question;
    m_socket->updateLive();
    m_options.lookup(host, m_options.family, [question](const Error &error, const QList<SocketAddress> &addresses) {
        const std::shared_ptr<SocketConnecting *> asker = question.lock();
        if (!asker)
            return;
        SocketConnecting *const self = *asker;
        self->m_question.reset();
        self->m_socket->updateLive();
        NextTick::current().post(self, [self, error, addresses] { self->lookedUp(error, addresses); });
    });
}

NextTick::Luggage SocketConnecting::detach()
{
    leave();
    if (m_race)
        m_race->detach();
    return NextTick::current().take(this);
}

void SocketConnecting::attach(NextTick::Luggage luggage)
{
    if (m_race)
        m_race->attach();
    NextTick::current().post(this, std::move(luggage));
}

void SocketConnecting::lookedUp(const Error &error, const QList<SocketAddress> &addresses)
{
    const LifeGuard guard(this);
    const QString host = m_target.address;
    if (error) {
        Q_EMIT q->lookup(error, QString(), 0, host);
        if (!guard.isDead())
            NextTick::current().post(this, [this, error] { lost(error); });
        return;
    }
    const bool choose =
        *m_options.autoSelectFamily && m_options.family == Family::Unspecified && m_options.localAddress.isEmpty();
    QList<SocketAddress> candidates;
    for (SocketAddress address : addresses) {
        address.port = m_target.port;
        const int version = isIP(address.address);
        Q_EMIT q->lookup({}, address.address, version, host);
        if (guard.isDead())
            return;
        address.family = version == 6 ? Family::IPv6 : Family::IPv4;
        // A user's resolver may say anything, and anything twice.
        if (version && !candidates.contains(address))
            candidates.append(address);
        if (!choose)
            break;
    }
    if (candidates.isEmpty()) {
        lost(addresses.isEmpty() ? Error::fromLookup(u"ENOTFOUND"_s, 0, host)
                                 : codes::invalidAddress(addresses.first().address));
        return;
    }
    NextTick::current().post(this, [this, candidates = interleaved(candidates)] { race(candidates); });
}

void SocketConnecting::race(QList<SocketAddress> candidates)
{
    Socket::Private::Extras *const extras = m_socket->extras.get();
    if (extras && extras->blockList) {
        const QString first = candidates.first().address;
        candidates.removeIf([extras](const SocketAddress &address) { return extras->blockList->check(address); });
        if (candidates.isEmpty()) {
            lost(codes::addressBlocked(first));
            return;
        }
    }
    m_several = candidates.size() > 1;
    ConnectRace::Course course = {.candidates = candidates,
                                  .attemptTimeout = qMax(ShortestAttempt, *m_options.autoSelectFamilyAttemptTimeout)};
    course.local.port = quint16(m_options.localPort);
    if (!m_options.localAddress.isEmpty()) {
        course.local.address = m_options.localAddress;
        course.local.family = isIPv6(m_options.localAddress) ? Family::IPv6 : Family::IPv4;
    }
    if (extras)
        course.bound = std::move(extras->bound);
    m_race = std::make_unique<ConnectRace>(*this, q, std::move(course));
    m_socket->tellDescribed();
    m_race->start();
}

void SocketConnecting::attempting(const SocketAddress &address)
{
    m_target = address;
    if (m_several)
        m_socket->extra().attemptedAddresses.append(u"%1:%2"_s.arg(address.address, QString::number(address.port)));
    m_socket->tell(probe::EventKind::Attempt);
    Q_EMIT q->connectionAttempt(address.address, address.port, familyNumber(address.family));
}

void SocketConnecting::attemptFailed(const SocketAddress &address, const Error &error)
{
    m_socket->tell(probe::EventKind::AttemptFailed, quint64(error.errorNumber()));
    Q_EMIT q->connectionAttemptFailed(address.address, address.port, familyNumber(address.family), error);
}

void SocketConnecting::attemptTimedOut(const SocketAddress &address)
{
    Q_EMIT q->connectionAttemptTimeout(address.address, address.port, familyNumber(address.family));
}

// Both end this object.
void SocketConnecting::won(Descriptor descriptor)
{
    m_socket->established(std::move(descriptor));
}

void SocketConnecting::lost(const Error &error)
{
    m_socket->destroy(error);
}

} // namespace net
