#include "inspector/session/callstacks.h"

#include "inspector/session/monotonic.h"
#include "inspector/session/objecttable.h"

#include <algorithm>

namespace inspector {

using namespace net::wire;

// Far more than an agent keeps: they are for those who say what they like.
static constexpr qsizetype mostModules = 16'384;
static constexpr qsizetype mostStacks = 65'536;
static constexpr qsizetype mostKinds = 16;
// What a path (PATH_MAX) and a build id (a SHA-256 and more) can be.
static constexpr qsizetype longestPath = 4096;
static constexpr qsizetype longestBuildId = 64;

void CallStacks::take(quint32 process, const Batch<Module> &batch)
{
    Process &of = m_processes[process];
    for (const Module &module : batch.records) {
        if (module.path.size() > longestPath || module.buildId.size() > longestBuildId)
            continue;
        const auto known = of.moduleAt.constFind(module.record.module);
        if (known != of.moduleAt.cend()) {
            of.modules[*known] = module;
        } else if (of.modules.size() < mostModules) {
            of.moduleAt.insert(module.record.module, of.modules.size());
            of.modules.append(module);
        }
    }
}

void CallStacks::take(quint32 process, const Batch<StackFrameRecord> &batch)
{
    Process &of = m_processes[process];
    for (const StackFrameRecord &frame : batch.records) {
        if (frame.stack == 0 || frame.position >= mostStackFrames)
            continue;
        auto stack = of.stacks.find(frame.stack);
        if (stack == of.stacks.end()) {
            if (of.stacks.size() >= mostStacks)
                continue;
            stack = of.stacks.insert(frame.stack, {});
        }
        // After a new connection the same is told again.
        if (frame.position == stack->size())
            stack->append(frame);
        else if (frame.position < stack->size())
            (*stack)[frame.position] = frame;
    }
}

void CallStacks::take(quint32 process, const Batch<StackRecord> &batch, const ObjectTable &objects)
{
    for (const StackRecord &told : batch.records) {
        const SubjectKey key{process, told.subject};
        if (told.subject == 0 || key.isListener() || objects.find(key) < 0)
            continue;
        StackRecord call = told;
        call.time = plausible(told.time);
        QList<StackRecord> &calls = m_calls[key];
        const auto place = std::ranges::lower_bound(calls, call.call, {}, &StackRecord::call);
        if (place != calls.end() && place->call == call.call)
            *place = call;
        else if (calls.size() < mostKinds)
            calls.insert(place, call);
    }
    forgetStrangers(objects);
}

// Now and then, since a row that goes says nothing here.
void CallStacks::forgetStrangers(const ObjectTable &objects)
{
    if (m_calls.size() <= 2 * qsizetype(objects.size()) + 64)
        return;
    m_calls.removeIf([&](decltype(m_calls)::iterator entry) { return objects.find(entry.key()) < 0; });
    m_processes.removeIf([&](decltype(m_processes)::iterator entry) { return objects.find({entry.key(), 0}) < 0; });
}

bool CallStacks::isToldBy(quint32 process) const
{
    const auto of = m_processes.constFind(process);
    return of != m_processes.cend() && !of->stacks.isEmpty();
}

std::span<const StackRecord> CallStacks::callsOf(SubjectKey key) const
{
    const auto found = m_calls.constFind(key);
    if (found == m_calls.cend())
        return {};
    return {found->constData(), static_cast<std::size_t>(found->size())};
}

std::span<const StackFrameRecord> CallStacks::framesOf(quint32 process, quint32 stack) const
{
    const auto of = m_processes.constFind(process);
    if (of == m_processes.cend())
        return {};
    const auto found = of->stacks.constFind(stack);
    if (found == of->stacks.cend())
        return {};
    return {found->constData(), static_cast<std::size_t>(found->size())};
}

std::span<const Module> CallStacks::modulesOf(quint32 process) const
{
    const auto of = m_processes.constFind(process);
    if (of == m_processes.cend())
        return {};
    return {of->modules.constData(), static_cast<std::size_t>(of->modules.size())};
}

const Module *CallStacks::module(quint32 process, quint32 number) const
{
    const auto of = m_processes.constFind(process);
    if (of == m_processes.cend())
        return nullptr;
    const auto found = of->moduleAt.constFind(number);
    return found == of->moduleAt.cend() ? nullptr : &of->modules.at(*found);
}

} // namespace inspector
