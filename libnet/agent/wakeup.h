#pragma once
#include <atomic>

namespace net::agent {

/// How the application's threads rouse the agent's: once when it sleeps and something has happened, and when a
/// ring fills up. Costs a load and a branch otherwise, and no timer runs while the application is idle.
class Wakeup
{
public:
    Wakeup();
    ~Wakeup();
    Wakeup(const Wakeup &) = delete;
    Wakeup &operator=(const Wakeup &) = delete;

    // From any thread.
    void touch()
    {
        if (m_asleep.load(std::memory_order_relaxed)) [[unlikely]]
            rouse();
    }
    void rouse();

    // From the agent's thread.
    int descriptor() const { return m_descriptor; }
    void setAsleep(bool asleep) { m_asleep.store(asleep, std::memory_order_relaxed); }
    void acknowledge();

private:
    alignas(64) std::atomic<bool> m_asleep = false;
    std::atomic<bool> m_roused = false;
    int m_descriptor = -1;
};

} // namespace net::agent
