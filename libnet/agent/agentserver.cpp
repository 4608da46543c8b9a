#include "libnet/agent/agentserver.h"
#include "libnet/probe/clock.h"

#include "libnet/agent/inheritance.h"
#include "libnet/agent/recorder.h"
#include "libnet/probe/kinship.h"
#include "libnet/wire/peercredentials.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace net::agent {

namespace {

constexpr std::size_t mostInspectors = 8;
constexpr int millisecond = 1'000'000;
constexpr qint64 helloTime = 2'000LL * millisecond;
constexpr qint64 statusPeriod = 1'000LL * millisecond;
constexpr qint64 probePeriod = 250LL * millisecond;
// Watched, an event is on the screen within a tenth of a second; unwatched, only the history has to keep up.
constexpr int busyWatchedTurn = 20;
constexpr int unwatchedTurn = 100;
constexpr qint64 unwatchedCollection = 1'000LL * millisecond;
constexpr quint64 muchChurn = 1024;

qint64 realtimeNow()
{
    timespec time{};
    ::clock_gettime(CLOCK_REALTIME, &time);
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

QString errnoText(QLatin1StringView call, int error)
{
    return u"%1: %2"_s.arg(call, QString::fromLocal8Bit(std::strerror(error)));
}

} // namespace

AgentServer::AgentServer(Recorder &recorder, Setup setup)
    : m_recorder(recorder),
      m_setup(std::move(setup)),
      m_rendezvous(m_setup.directory),
      m_startTime(wire::processStartTime(::getpid())),
      m_ledger(recorder.ledger, m_setup.closedLimit),
      m_history(m_setup.historyCapacity),
      m_payload(m_setup.payloadLimit),
      m_stacks(recorder.stacks),
      m_roused(recorder.wakeup.descriptor(), QSocketNotifier::Read),
      m_granted(m_setup.rights)
{
    notInherited(recorder.wakeup.descriptor());
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &AgentServer::turn);
    connect(&m_roused, &QSocketNotifier::activated, this, [this] {
        m_recorder.wakeup.acknowledge();
        m_recorder.wakeup.setAsleep(false);
        m_lastLook = false;
        turn();
    });
    connect(&m_commands, &CommandRunner::answered, this, [this](quint64 number, const wire::CommandResult &result) {
        if (AgentLink *const to = link(number))
            to->tell(result);
    });
    m_recorder.wakeup.setAsleep(true);
}

AgentServer::~AgentServer()
{
    closed(m_recorder.wakeup.descriptor());
    if (m_listener < 0)
        return;
    m_acceptable.reset();
    closed(m_listener);
    ::close(m_listener);
}

QString AgentServer::listen()
{
    if (m_recorder.wakeup.descriptor() < 0)
        return u"there is no descriptor to wake the agent by"_s;
    if (QString unfit = m_rendezvous.prepare(); !unfit.isEmpty())
        return unfit;
    m_rendezvous.sweep();
    m_rendezvous.withdraw(::getpid());
    QString refused = bindAndListen();
    if (refused.isEmpty())
        refused = m_rendezvous.publish({.pid = ::getpid(),
                                        .name = m_setup.name,
                                        .startTime = m_startTime,
                                        .protocol = wire::newestVersion,
                                        .socket = m_rendezvous.socketPath(::getpid()),
                                        .parent = probe::kinship().parent,
                                        .startTicks = wire::processStartTicks(::getpid())});
    // Nobody is to find what does not listen.
    if (!refused.isEmpty())
        m_rendezvous.withdraw(::getpid());
    return refused;
}

QString AgentServer::bindAndListen()
{
    const QByteArray path = QFile::encodeName(m_rendezvous.socketPath(::getpid()));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= qsizetype(sizeof address.sun_path))
        return u"the path of the agent's socket is too long: %1"_s.arg(QFile::decodeName(path));
    std::memcpy(address.sun_path, path.constData(), std::size_t(path.size()));
    m_listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (m_listener < 0)
        return errnoText("socket"_L1, errno);
    notInherited(m_listener);
    if (::bind(m_listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return errnoText("bind"_L1, errno);
    // Before anybody can connect. The directory is the user's alone already; umask() would be everybody's.
    if (::chmod(address.sun_path, S_IRUSR | S_IWUSR) != 0)
        return errnoText("chmod"_L1, errno);
    if (::listen(m_listener, 16) != 0)
        return errnoText("listen"_L1, errno);
    m_acceptable = std::make_unique<QSocketNotifier>(m_listener, QSocketNotifier::Read);
    connect(m_acceptable.get(), &QSocketNotifier::activated, this, &AgentServer::accept);
    return {};
}

void AgentServer::close(wire::ByeReason reason)
{
    m_acceptable.reset();
    drain();
    collect();
    for (const auto &link : m_links) {
        link->pumpLast(probe::monotonicNow());
        link->sayBye(reason);
        m_commands.undo(link->number());
    }
    m_links.clear();
    // Whoever sees the card go hangs up, so that it goes after the last words.
    m_rendezvous.withdraw(::getpid());
}

void AgentServer::accept()
{
    const int descriptor = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    const int error = errno;
    if (descriptor < 0) {
        // The listener stays readable: without a pause this thread would spin until a descriptor is free.
        if (error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM) {
            m_acceptable->setEnabled(false);
            QTimer::singleShot(1000, m_acceptable.get(), [this] { m_acceptable->setEnabled(true); });
        }
        return;
    }
    auto link = std::make_unique<AgentLink>(
        descriptor, Sources{.ledger = m_ledger, .history = m_history, .payload = m_payload, .stacks = m_stacks},
        probe::monotonicNow());
    const auto peer = wire::peerCredentials(descriptor);
    if (!peer || !peer->isTrusted())
        return;
    if (m_links.size() >= mostInspectors)
        return link->refuse(wire::ErrorCode::TooMany, u"%1 inspectors are attached already"_s.arg(mostInspectors));
    connect(link.get(), &AgentLink::helloReceived, this,
            [this, link = link.get()](const wire::Hello &hello) { greet(*link, hello); });
    connect(link.get(), &AgentLink::commanded, this,
            [this, number = link->number()](const wire::Command &command) { m_commands.run(number, command); });
    connect(link.get(), &AgentLink::ended, this, &AgentServer::dropEnded, Qt::QueuedConnection);
    m_links.push_back(std::move(link));
    schedule(true);
}

void AgentServer::greet(AgentLink &link, const wire::Hello &hello)
{
    const qint64 now = probe::monotonicNow();
    const probe::Kinship kinship = probe::kinship();
    wire::Hello mine{.side = wire::Side::Agent,
                     .rights = wire::Observe | (hello.rights & m_granted),
                     .pid = ::getpid(),
                     .name = m_setup.name,
                     .software = u"libnet " LIBNET_VERSION_TEXT ""_s,
                     .startTime = m_startTime,
                     .monotonic = now,
                     .realtime = realtimeNow(),
                     .interval = std::clamp(hello.interval, 20u, 1000u),
                     .history = hello.history,
                     .parent = kinship.parent,
                     .worker = kinship.worker};
    mine.version = wire::commonVersion(hello, mine);
    if (mine.version == 0)
        return link.refuse(wire::ErrorCode::NoVersion,
                           u"this agent speaks versions %1 to %2"_s.arg(mine.oldest).arg(mine.newest));
    if (mine.version < wire::controlVersion)
        mine.rights &= ~quint32(wire::Control);
    drain();
    collect();
    m_pulse.probe();
    m_statusAt = 0;
    link.attach(hello, mine, now);
    schedule(true);
}

void AgentServer::turn()
{
    const qint64 now = probe::monotonicNow();
    const bool busy = drain();
    quint32 interval = 1000;
    for (const auto &link : m_links)
        interval = std::min(interval, link->interval());
    const qint64 collection = isWatched() ? qint64(interval) * millisecond * 9 / 10 : unwatchedCollection;
    const quint64 churn = m_recorder.ledger.churn();
    if (now - m_collectedAt >= collection || churn > muchChurn || (churn > 0 && !busy))
        collect();
    for (const auto &link : m_links) {
        link->pump(now);
        // Killed, it would have hung up; stopped, it keeps the line and says nothing.
        if (now - link->heardAt() > m_setup.grace && m_commands.holdsFor(link->number()))
            m_commands.undo(link->number());
        if (!link->isAttached() && link->isOpen() && now - link->connectedAt() > helloTime)
            link->refuse(wire::ErrorCode::HelloTimeout, u"no hello within %1 s"_s.arg(helloTime / 1'000'000'000));
    }
    if (isWatched()) {
        if (now - m_statusAt >= statusPeriod)
            tellStatus(now);
        if (now - m_probedAt >= probePeriod) {
            m_probedAt = now;
            m_pulse.probe();
        }
    }
    schedule(busy);
}

void AgentServer::schedule(bool busy)
{
    Wakeup &wakeup = m_recorder.wakeup;
    if (isWatched()) {
        // The first event after a quiet time rouses us; those that follow have a turn soon.
        wakeup.setAsleep(!busy);
        m_lastLook = false;
        int interval = busyWatchedTurn;
        if (!busy) {
            interval = 1000;
            for (const auto &link : m_links)
                interval = std::min(interval, int(link->interval()));
        }
        if (!m_timer.isActive() || m_timer.remainingTime() > interval)
            m_timer.start(interval);
        return;
    }
    if (busy || !m_links.empty()) {
        wakeup.setAsleep(false);
        m_lastLook = false;
        m_timer.start(unwatchedTurn);
        return;
    }
    // Asleep from here on. One more look follows, for whatever was written by a thread that did not see it yet.
    wakeup.setAsleep(true);
    if (!m_lastLook)
        m_timer.start(unwatchedTurn);
    m_lastLook = true;
}

AgentLink *AgentServer::link(quint64 number) const
{
    const auto found =
        std::find_if(m_links.begin(), m_links.end(), [number](const auto &each) { return each->number() == number; });
    return found == m_links.end() ? nullptr : found->get();
}

bool AgentServer::isWatched() const
{
    return std::any_of(m_links.begin(), m_links.end(), [](const auto &link) { return link->isAttached(); });
}

bool AgentServer::drain()
{
    const std::vector<Producer *> producers = m_recorder.producers.producers();
    // Only what several threads have written must be put in order first.
    const bool isOneThread = producers.size() == 1;
    bool busy = false;
    m_gathered.clear();
    for (Producer *producer : producers) {
        // Asked first: after it nothing more comes, so that what is read below is all of it.
        const bool retired = producer->retired.load(std::memory_order_acquire);
        const auto before = qsizetype(m_gathered.size());
        producer->events.drain([this, isOneThread, &busy](std::span<const wire::EventRecord> records) {
            busy = true;
            if (isOneThread)
                append(records);
            else
                m_gathered.insert(m_gathered.end(), records.begin(), records.end());
        });
        if (before > 0 && qsizetype(m_gathered.size()) > before)
            std::inplace_merge(m_gathered.begin(), m_gathered.begin() + before, m_gathered.end(),
                               [](const wire::EventRecord &a, const wire::EventRecord &b) { return a.time < b.time; });
        busy = drainPayload(*producer) || busy;
        if (retired)
            m_recorder.producers.remove(producer);
    }
    append(m_gathered);
    return busy;
}

bool AgentServer::drainPayload(Producer &producer)
{
    PayloadRing *const ring = producer.payload.load(std::memory_order_acquire);
    bool any = false;
    while (const auto piece = ring ? ring->front() : std::nullopt) {
        any = true;
        while (!m_payload.hasRoomFor(*piece)) {
            for (const auto &link : m_links)
                link->losePayloadBefore(m_payload.first() + 1);
            m_payload.dropFirst();
        }
        ring->take(m_payload.append(*piece));
    }
    return any;
}

void AgentServer::append(std::span<const wire::EventRecord> records)
{
    while (!records.empty()) {
        const auto part = records.first(std::min<std::size_t>(records.size(), m_history.capacity() / 2));
        for (const auto &link : m_links)
            link->loseEventsBefore(m_history.firstAfter(part.size()));
        m_history.append(part);
        records = records.subspan(part.size());
    }
}

void AgentServer::collect()
{
    m_collectedAt = probe::monotonicNow();
    m_ledger.collect();
    m_stacks.collect();
    for (const LedgerEntry *entry : m_ledger.justForgotten()) {
        m_payloadLost += entry->payloadLost.load(std::memory_order_relaxed);
        for (const auto &link : m_links)
            link->loseEntry(*entry);
    }
}

void AgentServer::dropEnded()
{
    std::erase_if(m_links, [this](const auto &link) {
        if (!link->isOpen())
            m_commands.undo(link->number());
        return !link->isOpen();
    });
    if (!isWatched())
        m_payload.clear();
    schedule(true);
}

} // namespace net::agent
