#include "tests/model/stage.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

namespace model {

using namespace Qt::StringLiterals;

// As many connections at a time as let each of them see something.
static constexpr size_t MostActors = 24;
// Nothing here waits for anybody: what takes longer has been forgotten.
static constexpr int LongestWait = 20'000;

static const char *const serverNames[] = {"tcp", "path", "proxy"};

Stage::Stage(Journal &journal) : m_journal(journal), m_proxied(journal.chance(40))
{
    for (const Kind kind : {Tcp, Path, Proxy}) {
        open(kind);
        listen(kind);
    }
}

Stage::~Stage()
{
    for (const std::unique_ptr<Actor> &actor : m_actors)
        actor->expectDeletion();
    for (const QPointer<net::Socket> &client : m_clients)
        delete client.data();
}

void Stage::require(bool condition, const char *claim)
{
    if (!condition)
        m_journal.complain(u"stage"_s, QString::fromLatin1(claim));
}

// Servers ------------------------------------------------------------------------------------------------------

void Stage::open(Kind kind)
{
    Listener &listener = m_listeners[kind];
    net::ServerOptions options = {.allowHalfOpen = kind == Proxy || m_journal.chance(50)};
    options.pauseOnConnect = kind == Path && m_journal.chance(30);
    options.noDelay = m_journal.chance(30);
    options.highWaterMark = m_journal.chance(30) ? 1 + m_journal.roll(5000) : net::DefaultHighWaterMark;
    if (listener.door)
        listener.door->close();
    listener = {};
    listener.server = std::make_unique<net::Server>(options);
    net::Server *const server = listener.server.get();
    connect(server, &net::Server::listening, this,
            [this, &listener] { require(listener.listens-- > 0, "listening without listen()"); });
    connect(server, &net::Server::errorOccurred, this, [this](const net::Error &error) {
        require(error.code() == "ERR_SERVER_ALREADY_LISTEN"_L1, qPrintable(error.message()));
    });
    connect(server, &net::Server::closed, this, [this, kind, &listener] {
        m_journal.note(QLatin1String(serverNames[kind]) + u": = closed"_s);
        require(listener.closes-- > 0, "a server closed more often than asked");
        listener.awaitsClosed = false;
    });
    connect(server, &net::Server::drop, this, [this, kind](const net::Endpoints &ends) {
        m_journal.note(QLatin1String(serverNames[kind]) + u": = drop"_s);
        linkOf(kind, ends.remote.port)->lose(Link::Server);
    });
    connect(server, &net::Server::connection, this, [this, kind](net::Socket *socket) { accepted(kind, socket); });
}

void Stage::listen(Kind kind)
{
    Listener &listener = m_listeners[kind];
    if (!listener.server->isListening()) {
        ++listener.listens;
        listener.door = std::make_shared<Door>();
    }
    if (kind == Path)
        listener.server->listen(m_folder.filePath(u"path"_s));
    else
        listener.server->listen(0, u"127.0.0.1"_s);
}

void Stage::closeServer(Kind kind)
{
    Listener &listener = m_listeners[kind];
    m_journal.note(u"close server %1, %2 connections"_s.arg(QLatin1String(serverNames[kind]))
                       .arg(listener.server->connectionCount()));
    ++listener.closes;
    listener.awaitsClosed = true;
    listener.listens = 0;
    if (listener.door)
        listener.door->close();
    listener.server->close();
}

void Stage::stepServer(Kind kind)
{
    Listener &listener = m_listeners[kind];
    switch (m_journal.roll(12)) {
    case 0:
        closeServer(kind);
        break;
    case 1:
        m_journal.note(u"delete server %1"_s.arg(QLatin1String(serverNames[kind])));
        for (const std::unique_ptr<Actor> &actor : m_actors) {
            if (actor->socket() && actor->socket()->parent() == listener.server.get())
                actor->expectDeletion();
        }
        listener.server.reset();
        open(kind);
        listen(kind);
        break;
    case 2:
    case 3:
        listener.server->setMaxConnections(m_journal.chance(70) ? -1 : m_journal.roll(5));
        break;
    case 4:
        ++listener.questions;
        listener.server->getConnections(this, [this, &listener](const net::Error &, int count) {
            --listener.questions;
            require(count >= 0, "less than no connections");
        });
        break;
    case 5:
        m_journal.chance(50) ? listener.server->ref() : listener.server->unref();
        break;
    default:
        if (!listener.server->isListening() && listener.listens == 0)
            listen(kind);
    }
}

std::shared_ptr<Link> Stage::linkOf(Kind kind, quint16 port)
{
    Door &door = *m_listeners[kind].door;
    if (kind != Path)
        return door.ofPort(port);
    const std::shared_ptr<Link> link = door.nextOfPath();
    require(bool(link), "a connection to a path that nobody has made");
    return link;
}

void Stage::accepted(Kind kind, net::Socket *socket)
{
    require(m_listeners[kind].server->isListening(), "a connection to a server that does not listen");
    const QString name = QLatin1String(serverNames[kind]) + u"-%1"_s.arg(++m_accepted);
    Actor *const actor = add(name, socket, kind == Proxy ? Actor::Role::Relay : Actor::Role::Speaker);
    actor->accepted(linkOf(kind, socket->remote().port));
    if (kind == Proxy)
        relay(actor);
    else if (m_closing)
        actor->windDown();
}

// What every proxy does: both ways, and if one side is lost the other one goes too.
void Stage::relay(Actor *from)
{
    const Kind kind = m_listeners[Path].server->isListening() ? Path : Tcp;
    auto *there = new net::Socket({.allowHalfOpen = true});
    m_clients.emplace_back(there);
    Actor *const to = add(u"relay-%1"_s.arg(m_accepted), there, Actor::Role::Relay);
    const QPointer<net::Socket> ends[] = {from->socket(), there};
    for (const int side : {0, 1}) {
        const QPointer<net::Socket> one = ends[side];
        const QPointer<net::Socket> other = ends[1 - side];
        Actor *const otherActor = side ? from : to;
        connect(one, &net::Socket::closed, otherActor, [one, other, otherActor] {
            if (other && (!one->readableEnded() || !one->writableFinished()))
                otherActor->destroySocket();
        });
        connect(one, &QObject::destroyed, otherActor, [other, otherActor] {
            if (other && (!other->writableEnded() || !other->readableEnded()))
                otherActor->destroySocket();
        });
    }
    to->connectTo(wayTo(kind));
    from->socket()->pipe(there);
    there->pipe(from->socket());
}

// Sockets ------------------------------------------------------------------------------------------------------

Actor *Stage::add(const QString &name, net::Socket *socket, Actor::Role role)
{
    return m_actors.emplace_back(std::make_unique<Actor>(m_journal, m_streams, name, socket, role)).get();
}

Way Stage::wayTo(Kind kind) const
{
    const Listener &listener = m_listeners[kind];
    const std::shared_ptr<Door> door = listener.server->isListening() ? listener.door : nullptr;
    if (kind == Path)
        return {{.path = m_folder.filePath(u"path"_s)}, door};
    return {{.port = listener.server->address().port, .host = u"127.0.0.1"_s}, door};
}

Way Stage::somewhere()
{
    const int dice = m_journal.roll(100);
    if (dice < 3)
        return {{.path = m_folder.filePath(u"nobody"_s)}, nullptr};
    if (dice < 5)
        return {{.port = 70'000}, nullptr};
    Way way = wayTo(dice < 45 ? Tcp : dice < 75 || !m_proxied ? Path : Proxy);
    if (dice < 8 && way.options.path.isEmpty())
        way.options.host = u"localhost"_s;
    return way;
}

void Stage::addClient()
{
    net::SocketOptions options = {.allowHalfOpen = m_journal.chance(50)};
    if (m_journal.chance(30))
        options.highWaterMark = m_journal.roll(5000);
    m_clients.emplace_back(new net::Socket(options));
    Actor *const actor = add(u"client-%1"_s.arg(++m_connecting), m_clients.back(), Actor::Role::Speaker);
    if (m_journal.chance(95))
        actor->connectTo(somewhere());
}

Actor *Stage::someActor()
{
    return m_actors.empty() ? nullptr : m_actors[size_t(m_journal.roll(int(m_actors.size())))].get();
}

void Stage::step(int number)
{
    m_journal.takeDice(u"step"_s, number);
    const int dice = m_journal.roll(100);
    Actor *const actor = someActor();
    if (dice < 6 && m_actors.size() < MostActors)
        addClient();
    else if (dice < 7)
        stepServer(Kind(m_journal.roll(Kinds)));
    else if (dice < 10 && actor && actor->isOver())
        actor->connectTo(somewhere());
    else if (actor)
        actor->act();
    if (m_journal.chance(30))
        turn();
}

void Stage::turn()
{
    m_journal.note(u"-"_s);
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    for (size_t i = 0; i < m_actors.size(); ++i)
        m_actors[i]->look();
    sweep();
}

// A socket that is gone leaves its place; some that are closed do too.
void Stage::sweep()
{
    for (size_t i = 0; i < m_actors.size();) {
        if (m_actors[i]->socket()) {
            ++i;
            continue;
        }
        m_actors.erase(m_actors.begin() + qsizetype(i));
    }
    std::erase(m_clients, nullptr);
}

// The end ------------------------------------------------------------------------------------------------------

bool Stage::allOver()
{
    for (const std::unique_ptr<Actor> &actor : m_actors) {
        if (!actor->isOver())
            return false;
    }
    return true;
}

void Stage::beSilent()
{
    m_journal.note(u"silence"_s);
    const QDeadlineTimer deadline(LongestWait);
    for (const std::unique_ptr<Actor> &actor : m_actors)
        actor->setQuiet(true);
    const auto owes = [](const std::unique_ptr<Actor> &actor) {
        return actor->owesTimedOut();
    };
    while (std::any_of(m_actors.begin(), m_actors.end(), owes)) {
        turn();
        if (const auto late = std::find_if(m_actors.begin(), m_actors.end(), owes);
            late != m_actors.end() && deadline.hasExpired())
            m_journal.complain((*late)->objectName(), u"is silent, and timedOut does not come"_s);
    }
    for (const std::unique_ptr<Actor> &actor : m_actors)
        actor->setQuiet(false);
}

void Stage::close()
{
    m_journal.takeDice(u"close"_s, 0);
    if (m_journal.chance(25))
        beSilent();
    m_closing = true;
    m_journal.note(u"the end"_s);
    for (size_t i = 0; i < m_actors.size(); ++i)
        m_actors[i]->windDown();
    const QDeadlineTimer deadline(LongestWait);
    while (!allOver()) {
        turn();
        if (!deadline.hasExpired())
            continue;
        for (const std::unique_ptr<Actor> &actor : m_actors) {
            if (!actor->isOver())
                m_journal.complain(actor->objectName(), u"does not close (readyState %1, unread %2, queued %3)"_s
                                                            .arg(int(actor->socket()->readyState()))
                                                            .arg(actor->socket()->readableLength())
                                                            .arg(actor->socket()->writableLength()));
        }
    }
    turn();
    for (const Kind kind : {Tcp, Path, Proxy})
        closeServer(kind);
    const auto owes = [](const Listener &listener) {
        return listener.awaitsClosed || listener.questions > 0 || listener.server->connectionCount() > 0;
    };
    while (std::any_of(std::begin(m_listeners), std::end(m_listeners), owes)) {
        turn();
        for (const Kind kind : {Tcp, Path, Proxy}) {
            if (deadline.hasExpired() && owes(m_listeners[kind]))
                m_journal.complain(QLatin1String(serverNames[kind]),
                                   u"the server does not close: %1 connections, %2 questions"_s
                                       .arg(m_listeners[kind].server->connectionCount())
                                       .arg(m_listeners[kind].questions));
        }
    }
    for (const std::unique_ptr<Actor> &actor : m_actors) {
        if (!actor->socket())
            continue;
        const_cast<SocketModel &>(actor->model()).mustBeOver();
        actor->expectDeletion();
    }
    compareStreams();
}

// Whoever was told that everything has left, and whose reader has seen the end, has lost nothing.
void Stage::compareStreams()
{
    for (auto it = m_streams.all.cbegin(); it != m_streams.all.cend(); ++it) {
        if (!m_proxied && it->finished && it->arrived >= 0 && quint64(it->arrived) != it->written)
            m_journal.complain(u"stream %1"_s.arg(it.key()),
                               u"%1 bytes were written and %2 have arrived"_s.arg(it->written).arg(it->arrived));
    }
}

} // namespace model
