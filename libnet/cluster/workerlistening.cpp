#include "libnet/cluster/workerlistening.h"

#include <QCoreApplication>
#include <QDir>

#include <cerrno>

namespace net {

using namespace Qt::StringLiterals;

// Lease and Offer ----------------------------------------------------------------------------------------------

class WorkerListening::Lease final : public ListenLease
{
public:
    Lease(WorkerListening *listening, const QString &key) : m_listening(listening), m_key(key) {}
    ~Lease() override
    {
        m_listening->post([listening = m_listening, key = m_key] { listening->release(key); });
    }

    void announce(const SocketAddress &bound) override
    {
        m_listening->post([listening = m_listening, key = m_key, bound] {
            listening->tell(u"listening"_s, key, {{u"where"_s, toCbor(bound)}});
        });
    }
    void tellRoom() override
    {
        m_listening->post([listening = m_listening, key = m_key] { listening->tell(u"room"_s, key); });
    }
    void countOthers(Count done) override
    {
        m_listening->post(
            [listening = m_listening, key = m_key, done = std::move(done)] { listening->countOthers(key, done); });
    }

private:
    WorkerListening *const m_listening;
    const QString m_key;
};

/// Answers the primary exactly once, and that nobody has taken it if nobody else does: its server may die, or lose
/// what was posted to it.
class WorkerListening::Offer
{
public:
    Offer(WorkerListening *listening, const QCborMap &question) : m_listening(listening), m_question(question) {}
    Offer(const Offer &) = delete;
    Offer &operator=(const Offer &) = delete;
    ~Offer() { answer(ListenOffer::Answer::Gone); }

    void answer(ListenOffer::Answer answer)
    {
        if (std::exchange(m_answered, true))
            return;
        m_listening->post([listening = m_listening, question = m_question, answer] {
            if (listening->m_worker)
                listening->m_worker->d->answer(question, {{u"answer"_s, int(answer)}});
        });
    }

private:
    WorkerListening *const m_listening;
    const QCborMap m_question;
    bool m_answered = false;
};

// WorkerListening ----------------------------------------------------------------------------------------------

Worker *WorkerListening::start(int id, Descriptor descriptor)
{
    auto *worker = new Worker(id, nullptr);
    if (id) {
        static WorkerListening *listening = nullptr;
        listening = new WorkerListening(worker);
        worker->d->keeper = listening;
        ListenSource::replace(listening);
    }
    worker->d->adopt(std::move(descriptor));
    if (id)
        worker->d->tell({{u"act"_s, u"online"_s}});
    return worker;
}

// At once in the main thread, so that messages leave in the order of what happens.
void WorkerListening::post(std::function<void()> task)
{
    if (thread() == QThread::currentThread())
        task();
    else
        QMetaObject::invokeMethod(this, std::move(task), Qt::QueuedConnection);
}

void WorkerListening::tell(const QString &act, const QString &key, QCborMap more)
{
    more.insert(u"act"_s, act);
    more.insert(u"key"_s, key);
    if (m_worker)
        m_worker->d->tell(more);
}

void WorkerListening::ask(const ListenQuery &query, const std::shared_ptr<ServerCensus> &server, quint32 generation)
{
    post([this, query, server, generation] { askPrimary(query, server, generation); });
}

void WorkerListening::listensAlone(const std::shared_ptr<ServerCensus> &server, quint32 generation)
{
    post([this, server = std::weak_ptr(server), generation] {
        m_alone.removeIf([](const auto &one) { return one.first.expired(); });
        m_alone.append({server, generation});
    });
}

void WorkerListening::askPrimary(ListenQuery query, const std::shared_ptr<ServerCensus> &server, quint32 generation)
{
    const SocketAddress asked = query.address;
    const bool local = asked.family == Family::Local;
    // The primary may stand in another folder.
    if (local && !asked.address.startsWith(QChar(0)))
        query.address.address = QDir::current().absoluteFilePath(asked.address);
    Share share = {.server = server, .generation = generation, .name = nameOf(query)};
    Numbers &numbers = m_numbers[share.name];
    share.index = numbers.next++;
    numbers.used.insert(share.index);
    if (local)
        share.path = query.address.address;
    if (!m_worker || !m_worker->isConnected() || m_worker->d->leaving) {
        NextTick::current().post(m_worker ? m_worker->d.get() : nullptr,
                                 [this, share, asked] { answered(share, asked, {}, {}); });
        return;
    }
    QCborMap question = toCbor(query);
    question.insert(u"act"_s, u"listen"_s);
    question.insert(u"index"_s, share.index);
    m_worker->d->ask(question, [this, share, asked](const QCborMap &reply, const SharedDescriptor &handle) {
        answered(share, asked, reply, handle);
    });
}

void WorkerListening::answered(Share share, const SocketAddress &asked, const QCborMap &reply,
                               const SharedDescriptor &handle)
{
    auto grant = std::make_shared<ListenGrant>();
    // Without an answer there is nobody any more who could listen for us.
    grant->error = reply.isEmpty() ? ECANCELED : int(reply.value(u"error"_s).toInteger());
    if (grant->error) {
        forget(share);
    } else {
        const QString key = reply.value(u"key"_s).toString();
        share.file = fileFrom(reply.value(u"file"_s));
        m_shares.insert(key, share);
        grant->lease = std::make_unique<Lease>(this, key);
        grant->bound = asked.family == Family::Local ? asked : addressFrom(reply.value(u"where"_s));
        if (handle)
            grant->descriptor = std::move(*handle);
    }
    share.server->run([grant, generation = share.generation](Server::Private &server) {
        server.granted(generation, std::move(*grant));
    });
}

void WorkerListening::internal(Worker &worker, const QCborMap &message, const SharedDescriptor &handle)
{
    const QString act = message.value(u"act"_s).toString();
    if (act == "connection"_L1) {
        offered(message, handle);
    } else if (act == "refused"_L1) {
        refused(message);
    } else if (act == "count"_L1) {
        countOurs(message);
    } else if (act == "leave"_L1) {
        worker.d->exitedAfterDisconnect = worker.d->leaving = true;
        closeAll(std::shared_ptr<void>(this, [this](void *) {
            post([this] {
                if (m_worker)
                    m_worker->d->closeChannel();
            });
        }));
    }
}

void WorkerListening::offered(const QCborMap &message, const SharedDescriptor &handle)
{
    const auto offer = std::make_shared<Offer>(this, message);
    const auto share = m_shares.constFind(message.value(u"key"_s).toString());
    if (share == m_shares.cend())
        return;
    if (!handle) {
        offer->answer(ListenOffer::Answer::Starved);
        return;
    }
    share->server->run([offer, handle, generation = share->generation](Server::Private &server) {
        server.offered(generation, {std::move(*handle), [offer](ListenOffer::Answer answer) {
                                        offer->answer(answer);
                                    }});
    });
}

// The primary had no descriptor for a connection that one of our servers was to have.
void WorkerListening::refused(const QCborMap &message)
{
    const auto share = m_shares.constFind(message.value(u"key"_s).toString());
    if (share == m_shares.cend())
        return;
    share->server->run([generation = share->generation, error = int(message.value(u"error"_s).toInteger())](
                           Server::Private &server) { server.refusedElsewhere(generation, error); });
}

// Counting -----------------------------------------------------------------------------------------------------

void WorkerListening::countOurs(const QCborMap &question)
{
    // Said when the server has answered, or is gone.
    auto count = std::shared_ptr<int>(new int(0), [this, question](int *number) {
        const int connections = *number;
        delete number;
        post([this, question, connections] {
            if (m_worker)
                m_worker->d->answer(question, {{u"connections"_s, connections}});
        });
    });
    const auto share = m_shares.constFind(question.value(u"key"_s).toString());
    if (share != m_shares.cend())
        share->server->run([count](Server::Private &server) { *count = server.countAll(); });
}

void WorkerListening::countOthers(const QString &key, const ListenLease::Count &done)
{
    if (!m_worker || !m_worker->isConnected()) {
        QMetaObject::invokeMethod(
            this, [done] { done({}, 0); }, Qt::QueuedConnection);
        return;
    }
    m_worker->d->ask({{u"act"_s, u"count"_s}, {u"key"_s, key}},
                     [done](const QCborMap &reply, const SharedDescriptor &) {
                         done({}, int(reply.value(u"connections"_s).toInteger()));
                     });
}

// The end ------------------------------------------------------------------------------------------------------

void WorkerListening::release(const QString &key)
{
    const auto share = m_shares.constFind(key);
    if (share == m_shares.cend())
        return;
    forget(*share);
    m_shares.erase(share);
    tell(u"close"_s, key);
}

void WorkerListening::forget(const Share &share)
{
    const auto numbers = m_numbers.find(share.name);
    if (numbers == m_numbers.end())
        return;
    numbers->used.remove(share.index);
    if (numbers->used.isEmpty())
        m_numbers.erase(numbers);
}

// Each server holds \a untilClosed until it has closed.
void WorkerListening::closeAll(const std::shared_ptr<void> &untilClosed)
{
    const auto close = [&untilClosed](ServerCensus &census, quint32 generation) {
        census.run([untilClosed, generation](Server::Private &server) { server.closeListen(generation, untilClosed); });
    };
    const QHash<QString, Share> shares = m_shares;
    for (const Share &share : shares)
        close(*share.server, share.generation);
    const auto alone = std::exchange(m_alone, {});
    for (const auto &[server, generation] : alone)
        if (const std::shared_ptr<ServerCensus> census = server.lock())
            close(*census, generation);
}

void WorkerListening::leave(Worker &worker)
{
    worker.d->exitedAfterDisconnect = true;
    closeAll(std::shared_ptr<void>(this, [this](void *) {
        post([this] {
            if (!m_worker)
                return;
            // The primary is to know first that this was no accident.
            m_worker->d->ask({{u"act"_s, u"exitedAfterDisconnect"_s}},
                             [this](const QCborMap &, const SharedDescriptor &) {
                                 if (m_worker)
                                     m_worker->d->closeChannel();
                             });
        });
    }));
}

// The primary is gone, or has let us go by accident: nobody may listen on, and its paths are removed by whoever of us
// is first, if they are still the same files.
void WorkerListening::disconnected(Worker &worker)
{
    if (worker.d->exitedAfterDisconnect)
        return;
    for (const Share &share : std::as_const(m_shares)) {
        if (!share.path.isEmpty() && share.file.inode && socketops::identityOf(share.path) == share.file)
            socketops::removePath(share.path);
    }
    closeAll(nullptr);
    QCoreApplication::exit(0);
}

void WorkerListening::gone(Worker &)
{
    m_worker.clear();
}

} // namespace net
