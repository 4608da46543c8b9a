#include "inspector/session/session.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace inspector {

using namespace std::chrono_literals;
using net::wire::AgentCard;

Session::Session(const SessionOptions &options, QObject *parent)
    : QObject(parent),
      m_options(options),
      m_records(options.events, options.payloadBytes),
      m_listeners(m_records.objects),
      m_directory(options.directory)
{
    // With the way here (20 ms) and that to the screen, an event is seen well within a tenth of a second.
    m_frame.setInterval(50ms);
    connect(&m_frame, &QTimer::timeout, this, &Session::endFrame);
    m_hastened.setSingleShot(true);
    connect(&m_hastened, &QTimer::timeout, this, &Session::endFrame);
    connect(&m_directory, &AgentDirectory::changed, this, &Session::meet);
}

Session::~Session() = default;

void Session::start()
{
    m_frame.start();
    if (!isLive())
        return;
    m_directory.start();
    meet();
}

void Session::become(const Origin &origin)
{
    m_origin = origin;
}

AgentFeed &Session::recall(const AgentCard &card)
{
    return add(card);
}

void Session::recallEnd(quint32 process, qint64 at)
{
    const auto found = std::ranges::find_if(m_feeds, [&](const auto &feed) { return feed->process() == process; });
    if (found == m_feeds.end())
        return;
    m_records.objects.closeProcess(process, at);
    part(**found);
    m_feeds.erase(found);
}

bool Session::isWanted(const AgentCard &card) const
{
    if (m_declined.contains(card.pid))
        return false;
    if (m_options.pids.isEmpty() || m_options.pids.contains(card.pid))
        return true;
    // Whoever was forked by one that is wanted belongs to it; the depth is bounded, for cards may say anything.
    const QList<AgentCard> &agents = m_directory.agents();
    qint64 ancestor = card.parent;
    for (int depth = 0; ancestor && depth < 16; ++depth) {
        if (m_options.pids.contains(ancestor))
            return true;
        const auto above = std::ranges::find(agents, ancestor, &AgentCard::pid);
        ancestor = above == agents.end() ? 0 : above->parent;
    }
    return false;
}

void Session::partFromTheDead(std::vector<std::unique_ptr<AgentFeed>> &feeds)
{
    std::erase_if(feeds, [this](const std::unique_ptr<AgentFeed> &feed) {
        if (m_directory.agents().contains(feed->card()))
            return false;
        part(*feed);
        m_lineage.end(feed->process());
        return true;
    });
}

void Session::detachUnwanted()
{
    const auto unwanted = std::stable_partition(m_feeds.begin(), m_feeds.end(),
                                                [this](const auto &feed) { return isWanted(feed->card()); });
    for (auto feed = unwanted; feed != m_feeds.end(); ++feed)
        (*feed)->detach();
    std::move(unwanted, m_feeds.end(), std::back_inserter(m_detached));
    m_feeds.erase(unwanted, m_feeds.end());
}

bool Session::attachAgain(const AgentCard &card)
{
    const auto found = std::ranges::find_if(m_detached, [&](const auto &feed) { return feed->card() == card; });
    if (found == m_detached.end())
        return false;
    AgentFeed &feed = *m_feeds.emplace_back(std::move(*found));
    m_detached.erase(found);
    ask(feed);
    feed.link().open();
    return true;
}

void Session::meet()
{
    const QList<AgentCard> &agents = m_directory.agents();
    partFromTheDead(m_feeds);
    partFromTheDead(m_detached);
    detachUnwanted();
    for (const AgentCard &card : agents) {
        // Whoever was there before the other one has ended is somebody else.
        const quint32 ancestor = m_present.contains(card) ? 0 : m_lineage.ancestorOf(card);
        if (ancestor && m_options.pids.contains(m_lineage.pidOf(ancestor)) && !m_options.pids.contains(card.pid))
            m_options.pids.append(card.pid);
        const bool known = std::ranges::any_of(m_feeds, [&](const auto &feed) { return feed->card() == card; });
        // The log keeps process numbers in 16 bits.
        if (known || !isWanted(card) || attachAgain(card) || m_lastProcess == std::numeric_limits<quint16>::max())
            continue;
        AgentFeed &feed = add(card);
        m_lineage.meet(feed.process(), card);
        if (ancestor) {
            m_lineage.forget(ancestor);
            m_records.objects.inherit(feed.process(), ancestor);
        }
        feed.link().open();
    }
    m_present = agents;
    Q_EMIT feedsChanged();
}

AgentFeed &Session::add(const AgentCard &card)
{
    const quint32 process = ++m_lastProcess;
    const auto &feed = m_feeds.emplace_back(std::make_unique<AgentFeed>(process, card, m_records));
    connect(&feed->link(), &Link::stateChanged, this, &Session::feedsChanged);
    connect(feed.get(), &AgentFeed::heard, this, [this, process](const auto &frame) { Q_EMIT heard(process, frame); });
    connect(feed.get(), &AgentFeed::known, this, &Session::hastenFrame);
    ask(*feed);
    Q_EMIT met(process);
    return *feed;
}

void Session::part(AgentFeed &feed)
{
    disconnect(&feed.link(), nullptr, this, nullptr);
    feed.end();
    AgentFeed::Accounts accounts = feed.accounts();
    accounts.agentMemory = 0; // went with it
    accounts.loopDelay = -1;
    m_past += accounts;
    Q_EMIT parted(feed.process());
}

void Session::setAttached(qint64 pid, bool attached)
{
    if (attached) {
        m_declined.remove(pid);
        if (!m_options.pids.isEmpty() && !m_options.pids.contains(pid))
            m_options.pids.append(pid);
    } else {
        m_declined.insert(pid);
    }
    meet();
}

bool Session::isAttached(qint64 pid) const
{
    return std::ranges::any_of(m_feeds, [&](const auto &feed) { return feed->card().pid == pid; });
}

AgentFeed *Session::feed(quint32 process) const
{
    if (!isLive())
        return nullptr;
    const auto found = std::ranges::find_if(m_feeds, [&](const auto &feed) { return feed->process() == process; });
    return found == m_feeds.end() ? nullptr : found->get();
}

AgentFeed::Accounts Session::accounts() const
{
    AgentFeed::Accounts sum = m_past;
    for (const auto *feeds : {&m_feeds, &m_detached})
        for (const auto &feed : *feeds)
            sum += feed->accounts();
    return sum;
}

void Session::ask(AgentFeed &feed) const
{
    AgentRequests &requests = feed.requests();
    requests.capture(m_captured.process == feed.process() ? m_captured.subject : 0);
    QSet<quint64> watched;
    for (const QSet<SubjectKey> &each : m_watched)
        for (const SubjectKey &key : each)
            if (key.process == feed.process())
                watched.insert(key.subject);
    requests.watchKernel(watched);
    requests.captureAll(capturesAll());
    requests.timeSlots(m_timesSlots);
    requests.takeStacks(m_takesStacks);
}

void Session::askAll()
{
    for (const auto &feed : m_feeds)
        ask(*feed);
}

void Session::capture(SubjectKey key)
{
    m_captured = key.isListener() ? SubjectKey() : key;
    askAll();
}

void Session::watchKernel(Watcher watcher, const QSet<SubjectKey> &keys)
{
    QSet<SubjectKey> &mine = m_watched.at(static_cast<std::size_t>(watcher));
    if (mine == keys)
        return;
    mine = keys;
    askAll();
}

void Session::captureAll(bool more)
{
    m_capturers += more ? 1 : -1;
    askAll();
}

void Session::timeSlots(bool on)
{
    m_timesSlots = on;
    askAll();
}

void Session::setTakesStacks(bool takes)
{
    m_takesStacks = takes;
    askAll();
}

void Session::catchUp()
{
    for (const auto &feed : m_feeds)
        feed->catchUp();
}

void Session::forgetEnded()
{
    const qint64 now = m_records.objects.clock().now();
    m_records.objects.expire(now, now, m_options.departed);
}

// What has just been attached to is waited for; but many that come together don't get a frame each.
void Session::hastenFrame()
{
    static constexpr auto pause = 25ms;
    const std::chrono::nanoseconds passed(m_records.objects.clock().now() - m_framedAt);
    if (isLive() && m_frame.isActive() && !m_hastened.isActive())
        m_hastened.start(std::clamp(std::chrono::duration_cast<std::chrono::milliseconds>(pause - passed), 0ms, pause));
}

void Session::endFrame()
{
    const qint64 now = m_records.objects.clock().now();
    m_framedAt = now;
    for (const auto &feed : m_feeds)
        feed->advance(now);
    m_listeners.update(now);
    const auto nanoseconds = [](std::chrono::milliseconds span) {
        return std::chrono::nanoseconds(span).count();
    };
    m_records.objects.expire(now - nanoseconds(m_options.linger), now - nanoseconds(m_options.processLinger),
                             m_options.departed, m_options.ended);
    Q_EMIT framed(m_records.objects.takeChanges());
}

} // namespace inspector
