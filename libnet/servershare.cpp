#include "libnet/offeredacceptor_p.h"
#include "libnet/server_p.h"
#include "libnet/transport/adoptedacceptor.h"

#include <atomic>

// What a server has to do with other processes: a port that it shares, and connections that went there.

namespace net {

using namespace Qt::StringLiterals;

// Census -------------------------------------------------------------------------------------------------------

bool ServerCensus::run(std::function<void(Server::Private &)> task)
{
    QMutexLocker lock(&m_mutex);
    Server *const server = m_server;
    if (!server)
        return false;
    if (server->thread() != QThread::currentThread()) {
        QMetaObject::invokeMethod(
            server, [server, task = std::move(task)] { task(*server->d); }, Qt::QueuedConnection);
        return true;
    }
    lock.unlock(); // it dies in no other thread than this one
    task(*server->d);
    return true;
}

void ServerCensus::connectionClosed()
{
    run([](Server::Private &server) { server.connectionClosed(); });
}

void ServerCensus::sentAway()
{
    run([](Server::Private &server) { server.connectionSentAway(); });
}

void ServerCensus::closedAway()
{
    run([](Server::Private &server) { server.connectionClosedAway(); });
}

void ServerCensus::close()
{
    const QMutexLocker lock(&m_mutex);
    m_server = nullptr;
}

// ListenSource -------------------------------------------------------------------------------------------------

static std::atomic<ListenSource *> currentSource = nullptr;

ListenSource *ListenSource::current()
{
    return currentSource.load(std::memory_order_acquire);
}

void ListenSource::replace(ListenSource *source)
{
    currentSource.store(source, std::memory_order_release);
}

// Server -------------------------------------------------------------------------------------------------------

void Server::Private::ask(const ListenQuery &query)
{
    resolving = asking = true;
    asked = query.address;
    updateLive();
    ListenSource::current()->ask(query, census, generation);
}

void Server::Private::granted(quint32 askedIn, ListenGrant grant)
{
    if (askedIn != generation)
        return; // closed meanwhile: the grant goes back with its lease
    resolving = asking = false;
    if (grant.error) {
        // As in Node, who sees every failure of the primary as one to bind.
        if (asked.family == Family::Local)
            fail(Error::fromErrno(grant.error, u"bind"_s, asked.address));
        else
            fail(Error::fromErrno(grant.error, u"bind"_s, asked.isNull() ? u"::"_s : asked.address, asked.port));
        return;
    }
    lease = std::move(grant.lease);
    bound = grant.bound;
    hasRefused = false;
    if (grant.descriptor) {
        share(std::move(grant.descriptor));
        return;
    }
    offers = new OfferedAcceptor(*this);
    acceptor.reset(offers);
    announce();
}

void Server::Private::share(Descriptor descriptor)
{
    // One connection at a time: whoever else waits has a chance of the next one.
    acceptor.reset(new AdoptedAcceptor(*this, q, std::move(descriptor), 1));
    announce();
}

void Server::Private::offered(quint32 askedIn, ListenOffer offer)
{
    using Answer = ListenOffer::Answer;
    if (askedIn != generation || !offers) {
        offer.answer(Answer::Gone);
    } else if (isFull() && !dropMaxConnection) {
        hasRefused = true;
        offer.answer(Answer::Full);
    } else {
        offer.answer(Answer::Taken);
        offers->take(std::move(offer.descriptor));
    }
}

void Server::Private::refusedElsewhere(quint32 askedIn, int error)
{
    if (askedIn == generation && offers)
        refused(error);
}

void Server::Private::closeListen(quint32 askedIn, const std::shared_ptr<void> &untilClosed)
{
    if (askedIn != generation)
        return;
    // The connection holds it, and goes with the signal or with the server.
    if (untilClosed)
        close(Callback<const Error &>(q, [untilClosed] {}));
    else
        close({});
}

void Server::Private::connectionSentAway()
{
    ++away;
    connectionClosed();
}

void Server::Private::connectionClosedAway()
{
    --away;
    if (closing)
        emitCloseIfDrained();
}

void Server::Private::count(Callback<const Error &, int> done)
{
    if (!lease) {
        NextTick::current().post(this, [this, done = std::move(done)] { done(Error(), countAll()); });
        return;
    }
    lease->countOthers([census = census, done = std::move(done)](const Error &error, int others) {
        census->run([error, others, done](Private &server) { done(error, server.countAll() + others); });
    });
}

} // namespace net
