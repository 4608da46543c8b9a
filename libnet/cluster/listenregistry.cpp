#include "libnet/cluster/listenregistry.h"

#include "libnet/cluster/worker_p.h"
#include "libnet/transport/listensocket.h"

#include <QDir>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace net {

using namespace Qt::StringLiterals;

// Port ---------------------------------------------------------------------------------------------------------

ListenRegistry::Port::~Port()
{
    // Before others can find the path and nobody behind it.
    if (!path.isEmpty() && file.inode && socketops::identityOf(path) == file)
        socketops::removePath(path);
}

// What workers inherit anyway may be named by them; the primary's other sockets are its own. Nothing is changed on one
// that can't be listened on.
int ListenRegistry::Port::adopt(int fd, int backlog)
{
    if (!socketops::isOpen(fd))
        return EBADF;
    if (!socketops::isInherited(fd))
        return EACCES;
    if (!socketops::isStreamSocket(fd))
        return EINVAL;
    if (!socketops::isListening(fd)) {
        if (const int error = socketops::listenOn(fd, backlog))
            return error;
    }
    descriptor = std::make_shared<Descriptor>(socketops::duplicate(fd));
    if (!*descriptor)
        return EMFILE;
    socketops::makeNonBlocking(fd);
    bound = socketops::localEnd(fd);
    return 0;
}

// The errno, or 0.
int ListenRegistry::Port::open(const ListenQuery &query)
{
    if (query.fd >= 0)
        return adopt(query.fd, query.backlog);
    ListenRequest request = {.address = query.address,
                             .backlog = query.backlog,
                             .ipv6Only = query.ipv6Only,
                             .readableAll = query.readableAll,
                             .writableAll = query.writableAll};
    const bool local = query.address.family == Family::Local;
    // An absolute path may be too long where one from here is not.
    if (local && socketops::checkPath(query.address.address))
        request.address.address = QDir::current().relativeFilePath(query.address.address);
    BindResult opened =
        query.address.family == Family::Unspecified ? openAnyAddress(request) : openListenSocket(request);
    if (!opened.descriptor)
        return opened.error;
    bound = socketops::localEnd(opened.descriptor.get());
    if (local && !request.address.address.startsWith(QChar(0))) {
        path = query.address.address;
        file = socketops::identityOf(path);
    }
    descriptor = std::make_shared<Descriptor>(std::move(opened.descriptor));
    return 0;
}

// ListenRegistry -----------------------------------------------------------------------------------------------

// A worker that was taken over may ask without end, and others, and the primary itself, need descriptors too. A port
// takes two of them where the primary accepts.
static constexpr int MostListens = 1024;
static constexpr int ShareOfDescriptors = 8;
// A path is shorter, and an address too.
static constexpr qsizetype LongestAddress = 4096;

int ListenRegistry::mayOpen(Worker &worker, const ListenQuery &query) const
{
    if (query.address.address.size() > LongestAddress)
        return ENAMETOOLONG;
    const int most = std::min(MostListens, socketops::mostDescriptors() / ShareOfDescriptors);
    return m_listens.value(&worker) < most ? 0 : EMFILE;
}

void ListenRegistry::open(Worker &worker, const QCborMap &question, Cluster::SchedulingPolicy policy)
{
    const ListenQuery query = queryFrom(question);
    if (const int error = mayOpen(worker, query)) {
        worker.d->answer(question, {{u"error"_s, error}});
        return;
    }
    const QString key = nameOf(query) + u':' + QString::number(question.value(u"index"_s).toInteger());
    const auto [found, isNew] = m_ports.try_emplace(key);
    Port &port = found->second;
    if (isNew) {
        if (const int error = port.open(query)) {
            m_ports.erase(found); // others may try again
            worker.d->answer(question, {{u"error"_s, error}});
            return;
        }
        if (policy == Cluster::SchedulingPolicy::RoundRobin)
            port.turns = std::make_unique<RoundRobin>(key, m_home, std::move(*std::exchange(port.descriptor, {})));
    }
    if (!port.workers.contains(&worker)) {
        port.workers.append(&worker);
        ++m_listens[&worker];
    }
    worker.d->answer(question, {{u"key"_s, key}, {u"where"_s, toCbor(port.bound)}, {u"file"_s, toCbor(port.file)}},
                     port.descriptor);
    if (port.turns)
        port.turns->add(&worker);
}

void ListenRegistry::close(Worker &worker, const QString &key)
{
    if (const auto port = m_ports.find(key); port != m_ports.end())
        remove(worker, port);
}

void ListenRegistry::remove(Worker &worker)
{
    for (auto port = m_ports.begin(); port != m_ports.end();)
        remove(worker, port++);
}

void ListenRegistry::remove(Worker &worker, std::map<QString, Port>::iterator port)
{
    if (!port->second.workers.removeOne(&worker))
        return;
    if (--m_listens[&worker] == 0)
        m_listens.remove(&worker);
    if (port->second.turns)
        port->second.turns->remove(&worker);
    if (port->second.workers.isEmpty())
        m_ports.erase(port);
}

void ListenRegistry::hasRoom(Worker &worker, const QString &key)
{
    if (const auto port = m_ports.find(key); port != m_ports.end() && port->second.turns)
        port->second.turns->hasRoom(&worker);
}

// Count --------------------------------------------------------------------------------------------------------

/// Lives until the last of those that were asked has answered, or is gone; then the one that asks is told. Of its
/// question only the number is kept: whatever else it has put in would have to wait as long.
class ListenRegistry::Count
{
public:
    Count(Worker &asker, const QCborMap &question)
        : m_asker(&asker),
          m_question({{u"seq"_s, question.value(u"seq"_s).toInteger()}})
    {
        ++asker.d->openCounts;
    }
    ~Count()
    {
        if (!m_asker)
            return;
        --m_asker->d->openCounts;
        m_asker->d->answer(m_question, {{u"connections"_s, m_connections}});
    }
    Count(const Count &) = delete;
    Count &operator=(const Count &) = delete;

    /// Of one of them, which may say what it likes.
    void add(qint64 connections)
    {
        constexpr qint64 most = std::numeric_limits<int>::max();
        m_connections = std::min(m_connections + std::clamp<qint64>(connections, 0, most), most);
    }

private:
    const QPointer<Worker> m_asker;
    const QCborMap m_question;
    qint64 m_connections = 0;
};

void ListenRegistry::count(Worker &worker, const QCborMap &question)
{
    if (worker.d->openCounts >= HandleChannel::MostAnswers) {
        worker.d->channel->closeGarbled();
        return;
    }
    const auto count = std::make_shared<Count>(worker, question);
    const QString key = question.value(u"key"_s).toString();
    const auto port = m_ports.find(key);
    if (port == m_ports.end())
        return;
    for (Worker *const other : std::as_const(port->second.workers)) {
        if (other == &worker)
            continue;
        other->d->ask({{u"act"_s, u"count"_s}, {u"key"_s, key}},
                      [count](const QCborMap &reply, const SharedDescriptor &) {
                          count->add(reply.value(u"connections"_s).toInteger());
                      });
    }
}

} // namespace net
