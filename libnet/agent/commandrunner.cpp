#include "libnet/agent/commandrunner.h"

#include "libnet/probe/roster.h"
#include "libnet/probe/subject.h"

#include <atomic>

using namespace Qt::StringLiterals;

namespace net::agent {

namespace {

constexpr qsizetype mostUnderWay = 64;
constexpr qsizetype mostHeld = 4096;
constexpr int patience = 3000;

} // namespace

/// A command on its way through the threads. Whoever takes it first decides: a thread, or the runner's patience.
struct CommandRunner::Errand
{
    quint64 link = 0;
    quint64 id = 0;
    quint64 subject = 0;
    ParsedOrder parsed;
    std::atomic<bool> isTaken = false;
};

CommandRunner::CommandRunner() = default;

void CommandRunner::run(quint64 link, const wire::Command &command)
{
    if (command.verb == "hold"_L1) // it is alive; see AgentServer
        return;
    if (command.verb == "disarm"_L1 || command.verb == "disarmAll"_L1) {
        if (command.verb == "disarmAll"_L1)
            undo(link);
        else
            disarm(link, command.subject);
        answer(link, command.id, true, {});
        return;
    }
    auto errand = std::make_shared<Errand>();
    errand->link = link;
    errand->id = command.id;
    errand->subject = command.subject;
    errand->parsed = parseOrder(command);
    if (!errand->parsed.error.isEmpty())
        return answer(link, command.id, false, errand->parsed.error);
    Holdings &holdings = m_holdings[link];
    if (holdings.underWay.size() >= mostUnderWay)
        return answer(link, command.id, false, u"too many commands at once"_s);
    if (holdings.plans.size() + holdings.paused.size() >= mostHeld)
        return answer(link, command.id, false, u"too much is armed or paused already"_s);
    if (errand->parsed.plan) {
        disarm(link, command.subject);
        m_holdings[link].plans.insert(command.subject, errand->parsed.plan);
    }
    m_holdings[link].underWay.append(errand);
    send(errand);
}

void CommandRunner::send(const std::shared_ptr<Errand> &errand)
{
    // The last thread to let go of it reports that nobody has had it.
    const auto nobody = std::shared_ptr<void>(nullptr, [this, errand](void *) {
        if (!errand->isTaken.exchange(true))
            QMetaObject::invokeMethod(this, [this, errand] {
                finish(errand, {false, u"it is gone, or on its way to another thread"_s});
            });
    });
    probe::Roster::visitAll([this, errand, nobody](probe::Subject &subject) {
        if (subject.id() != errand->subject)
            return false;
        if (errand->isTaken.exchange(true))
            return true;
        const probe::Outcome outcome = subject.obey(errand->parsed.order);
        QMetaObject::invokeMethod(this, [this, errand, outcome] { finish(errand, outcome); });
        return true;
    });
    QTimer::singleShot(patience, this, [this, errand] {
        if (!errand->isTaken.exchange(true))
            finish(errand, {false, u"its thread does not answer; nothing was done"_s});
    });
}

void CommandRunner::finish(const std::shared_ptr<Errand> &errand, const probe::Outcome &outcome)
{
    const auto holdings = m_holdings.find(errand->link);
    if (holdings == m_holdings.end() || !holdings->underWay.removeOne(errand)) {
        // The inspector has gone meanwhile: what was done is undone at once.
        if (errand->parsed.plan)
            lift(errand->parsed.plan);
        if (outcome.done && errand->parsed.order.verb == probe::Verb::Pause)
            release({errand->subject});
        return;
    }
    const probe::Verb verb = errand->parsed.order.verb;
    if (!outcome.done && errand->parsed.plan)
        holdings->plans.remove(errand->subject);
    if (outcome.done && verb == probe::Verb::Pause)
        holdings->paused.insert(errand->subject);
    if (outcome.done && verb == probe::Verb::Resume)
        holdings->paused.remove(errand->subject);
    answer(errand->link, errand->id, outcome.done, outcome.message);
    forgetIfEmpty(errand->link);
}

void CommandRunner::disarm(quint64 link, quint64 subject)
{
    const auto holdings = m_holdings.find(link);
    if (holdings == m_holdings.end())
        return;
    if (const auto plan = holdings->plans.take(subject))
        lift(plan);
    forgetIfEmpty(link);
}

// The sockets find out by themselves within a fifth of a second; so they hear of it at once.
void CommandRunner::lift(const std::shared_ptr<probe::FaultPlan> &plan)
{
    plan->lifted.store(true, std::memory_order_release);
    probe::Roster::visitAll([](probe::Subject &subject) {
        subject.obey({.verb = probe::Verb::Disarm});
        return false;
    });
}

void CommandRunner::undo(quint64 link)
{
    const Holdings holdings = m_holdings.take(link);
    for (const auto &errand : holdings.underWay) {
        if (!errand->isTaken.exchange(true))
            answer(link, errand->id, false, u"cancelled"_s);
    }
    for (const auto &plan : holdings.plans)
        plan->lifted.store(true, std::memory_order_release);
    if (!holdings.plans.isEmpty())
        lift(holdings.plans.constBegin().value());
    release(holdings.paused);
}

void CommandRunner::release(const QSet<quint64> &paused)
{
    if (paused.isEmpty())
        return;
    probe::Roster::visitAll([paused](probe::Subject &subject) {
        if (paused.contains(subject.id()))
            subject.obey({.verb = probe::Verb::Release});
        return false;
    });
}

void CommandRunner::answer(quint64 link, quint64 id, bool done, const QString &message)
{
    Q_EMIT answered(link, {.id = id, .done = done, .message = message});
}

void CommandRunner::forgetIfEmpty(quint64 link)
{
    const auto holdings = m_holdings.constFind(link);
    if (holdings != m_holdings.constEnd() && holdings->plans.isEmpty() && holdings->paused.isEmpty() &&
        holdings->underWay.isEmpty())
        m_holdings.erase(holdings);
}

} // namespace net::agent
