#include "libnet/agent/inheritance.h"

#include "libnet/probe/tap.h"

#include <array>
#include <atomic>
#include <pthread.h>
#include <unistd.h>

namespace net::agent {

namespace {

// The listener, the wake-up, and the inspectors; read by a child between fork() and anything else, where only
// async-signal-safe calls are allowed.
std::array<std::atomic<int>, 32> descriptors;
std::atomic<bool> forked = false;

void inChild()
{
    forked.store(true, std::memory_order_relaxed);
    probe::install(nullptr);
    for (std::atomic<int> &place : descriptors) {
        if (const int stored = place.exchange(0, std::memory_order_relaxed); stored != 0)
            ::close(stored - 1);
    }
}

void replace(int from, int to)
{
    for (std::atomic<int> &place : descriptors) {
        int expected = from;
        if (place.compare_exchange_strong(expected, to))
            return;
    }
}

} // namespace

void guardForks()
{
    static const int registered = ::pthread_atfork(nullptr, nullptr, inChild);
    static_cast<void>(registered);
}

bool isForkedChild()
{
    return forked.load(std::memory_order_relaxed);
}

// One above the descriptor is stored, so that zero is an empty place.
void notInherited(int descriptor)
{
    replace(0, descriptor + 1);
}

void closed(int descriptor)
{
    replace(descriptor + 1, 0);
}

} // namespace net::agent
