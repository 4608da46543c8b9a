#include "tests/faults/faultplan.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace faults {

namespace {

std::atomic<Call *> first = nullptr;

/// What the environment asks for.
struct Plan
{
    char call[32] = {};
    int number = 0;
    int error = 0;

    Plan()
    {
        const char *text = std::getenv("LIBNET_FAULT");
        char word[16] = {};
        if (!text || std::sscanf(text, "%31[^:]:%d:%15s", call, &number, word) != 3)
            return;
        error = std::strcmp(word, "short") == 0     ? ShortCount
                : std::strcmp(word, "handles") == 0 ? HandlesLost
                                                    : std::atoi(word);
    }
};

} // namespace

/// Written when the program ends.
struct Report
{
    ~Report()
    {
        const char *name = std::getenv("LIBNET_FAULT_COUNTS");
        FILE *const file = name ? std::fopen(name, "w") : nullptr;
        if (!file)
            return;
        for (const Call *call = first; call; call = call->m_next)
            std::fprintf(file, "%s %d\n", call->m_name, call->m_count.load());
        std::fclose(file);
    }
};
static Report report;

bool isMeant(const void *caller)
{
    static const char *const asked = std::getenv("LIBNET_FAULT_LIBRARY");
    Dl_info info = {};
    return dladdr(caller, &info) && info.dli_fname && std::strstr(info.dli_fname, asked ? asked : "libLibNet");
}

Call::Call(const char *name) : m_name(name)
{
    m_next = first;
    while (!first.compare_exchange_weak(m_next, this)) {
    }
}

int Call::due(const void *caller)
{
    if (!isMeant(caller))
        return 0;
    static const Plan plan;
    return ++m_count == plan.number && std::strcmp(plan.call, m_name) == 0 ? plan.error : 0;
}

} // namespace faults
